// SPDX-License-Identifier: Apache-2.0
package org.wildpost.ejb.outbound;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.wildpost.core.transport.Stage;
import org.wildpost.core.transport.TransportSettings;

/**
 * What the operator set about talks with other servers, as system properties {@code wildpost.outgoing.*}, checked once at the start. An empty property counts as none.
 * Immutable.
 */
@ApplicationScoped
public class OutgoingSettings {
    static final String CONNECT = "wildpost.outgoing.connect.seconds";
    static final String COMMAND = "wildpost.outgoing.command.seconds";
    static final String DATA = "wildpost.outgoing.data.seconds";
    static final String END = "wildpost.outgoing.end.seconds";
    static final String SHIPMENT = "wildpost.outgoing.shipment.seconds";

    /** The greatest number of connections, messages or recipients. */
    private static final int MANY = 10_000;

    /** An hour; more than the RFC wants for any stage (RFC 5321 §4.5.3.2). */
    private static final int STAGE_SECONDS = 3_600;

    private static final int DAY = 86_400;

    /** Which stages a property is about; where it is not set, each has its own time. */
    private static final Map<String, List<Stage>> STAGES = Map.of(
            CONNECT,
            List.of(Stage.CONNECT),
            COMMAND,
            List.of(
                    Stage.GREETING,
                    Stage.HELLO,
                    Stage.START_TLS,
                    Stage.LOGIN,
                    Stage.RESET,
                    Stage.MAIL,
                    Stage.RECIPIENT),
            DATA,
            List.of(Stage.DATA, Stage.CONTENT),
            END,
            List.of(Stage.END_OF_DATA));

    private final Function<String, @Nullable String> properties;
    private final CourierLimits limits;
    private final TransportSettings transport;

    /**
     * From the system's properties.
     *
     * @throws IllegalStateException when one of them is out of its range, or they do not go together
     */
    public OutgoingSettings() {
        this(System::getProperty);
    }

    OutgoingSettings(Function<String, @Nullable String> properties) {
        this.properties = properties;
        this.limits = readLimits();
        this.transport = readTransport();
    }

    /** Makes the bean at the start, so that a mistake stops it. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /**
     * {@code wildpost.outgoing.connections}, {@code .room.seconds}, {@code .idle.seconds}, {@code .messages}, {@code .addresses} and {@code .recipients}.
     */
    CourierLimits limits() {
        return limits;
    }

    /**
     * {@code wildpost.outgoing.connect.seconds}, {@code .command.seconds} (from the greeting to RCPT), {@code .data.seconds} (DATA, and each block of the message),
     * {@code .end.seconds} (the answer to its end) and {@code .shipment.seconds} (all of one shipment).
     */
    TransportSettings transport() {
        return transport;
    }

    private CourierLimits readLimits() {
        CourierLimits absent = CourierLimits.DEFAULTS;
        return new CourierLimits(
                number("wildpost.outgoing.connections", MANY).orElse(absent.connections()),
                seconds("wildpost.outgoing.room.seconds", STAGE_SECONDS).orElse(absent.room()),
                seconds("wildpost.outgoing.idle.seconds", STAGE_SECONDS).orElse(absent.idle()),
                number("wildpost.outgoing.messages", MANY).orElse(absent.messages()),
                number("wildpost.outgoing.addresses", 100).orElse(absent.addresses()),
                number("wildpost.outgoing.recipients", MANY).orElse(absent.recipients()));
    }

    private TransportSettings readTransport() {
        Map<Stage, Duration> patience = new EnumMap<>(Stage.class);
        STAGES.forEach((name, stages) ->
                seconds(name, STAGE_SECONDS).ifPresent(time -> stages.forEach(stage -> patience.put(stage, time))));
        TransportSettings absent = TransportSettings.DEFAULTS;
        TransportSettings settings = new TransportSettings(
                patience,
                seconds(SHIPMENT, DAY).orElse(absent.shipment()),
                absent.replyLine(),
                absent.replyLines(),
                absent.replyOctets());
        STAGES.forEach((name, stages) -> stages.forEach(stage -> fits(name, settings.patience(stage), settings)));
        return settings;
    }

    /** What a stage may take must fit into what a shipment may take, or it would never be used up. */
    private static void fits(String name, Duration time, TransportSettings settings) {
        if (time.compareTo(settings.shipment()) > 0) {
            throw new IllegalStateException(
                    SHIPMENT + " is " + settings.shipment().toSeconds() + " s; it must be no less than " + name
                            + ", which is " + time.toSeconds() + " s");
        }
    }

    private Optional<Duration> seconds(String name, int most) {
        OptionalInt number = number(name, most);
        return number.isPresent() ? Optional.of(Duration.ofSeconds(number.getAsInt())) : Optional.empty();
    }

    private OptionalInt number(String name, int most) {
        String text = properties.apply(name);
        if (text == null || text.isBlank()) {
            return OptionalInt.empty();
        }
        String value = text.strip();
        if (value.matches("[1-9][0-9]{0,8}") && Integer.parseInt(value) <= most) {
            return OptionalInt.of(Integer.parseInt(value));
        }
        throw new IllegalStateException(name + " is '" + value + "'; it must be a number from 1 to " + most);
    }
}
