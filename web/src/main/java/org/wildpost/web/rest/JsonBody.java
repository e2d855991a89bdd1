// SPDX-License-Identifier: Apache-2.0
package org.wildpost.web.rest;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON object of a request: of limited size, with known fields only, each of its type; {@code null} counts as absent. */
final class JsonBody {
    /** Octets that a body may have. */
    static final int MAX_OCTETS = 64 * 1024;

    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private final JsonObject object;
    private final List<Problem.FieldError> errors = new ArrayList<>();

    private JsonBody(JsonObject object) {
        this.object = object;
    }

    /**
     * Reads a body.
     *
     * @param known the fields that it may have
     * @throws ProblemException when it is too large, is not a JSON object in UTF-8, or has another field
     */
    static JsonBody read(InputStream body, Set<String> known) throws IOException {
        byte[] octets = body.readNBytes(MAX_OCTETS + 1);
        if (octets.length > MAX_OCTETS) {
            throw new ProblemException(Problem.of(413, "a body has at most " + MAX_OCTETS + " octets"));
        }
        JsonObject object = parse(octets);
        List<Problem.FieldError> unknown = object.keySet().stream()
                .filter(field -> !known.contains(field))
                .map(field -> new Problem.FieldError(field, "there is no such field"))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    new Problem(400, "there is no field '" + unknown.getFirst().field() + "'", unknown));
        }
        return new JsonBody(object);
    }

    private static JsonObject parse(byte[] octets) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            readToTheEnd(text);
            try (JsonReader reader = READERS.createReader(new StringReader(text))) {
                return reader.readObject();
            }
        } catch (CharacterCodingException e) {
            throw new ProblemException(Problem.of(400, "the body is not UTF-8"));
        } catch (RuntimeException e) {
            // Not only JsonException: the parser has other ones for input that is nested too deeply or repeats a key.
            throw new ProblemException(Problem.of(400, "the body is not a JSON object with each field once"));
        }
    }

    /** A reader stops after the object; what stands behind it is found here. */
    private static void readToTheEnd(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                parser.next();
            }
        }
    }

    Optional<String> text(String field) {
        return switch (value(field)) {
            case JsonString string -> Optional.of(string.getString());
            case null -> Optional.empty();
            default -> wrong(field, "must be a string");
        };
    }

    Optional<Boolean> truth(String field) {
        JsonValue value = value(field);
        if (value == null) {
            return Optional.empty();
        }
        return switch (value.getValueType()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            default -> wrong(field, "must be true or false");
        };
    }

    /** A whole number. */
    Optional<Integer> number(String field) {
        return switch (value(field)) {
            case JsonNumber number
            when number.isIntegral() && number.bigIntegerValueExact().bitLength() < Integer.SIZE ->
                Optional.of(number.intValue());
            case null -> Optional.empty();
            default -> wrong(field, "must be a whole number");
        };
    }

    /** A list of strings; one string stands for a list of it. */
    Optional<List<String>> texts(String field) {
        return switch (value(field)) {
            case JsonString string ->
                Optional.of(string.getString().isBlank() ? List.of() : List.of(string.getString()));
            case JsonArray array
            when array.stream().allMatch(JsonString.class::isInstance) ->
                Optional.of(array.getValuesAs(JsonString::getString));
            case null -> Optional.empty();
            default -> wrong(field, "must be an array of strings");
        };
    }

    /** Ends the reading: refuses when a field had another type. */
    void check() {
        if (!errors.isEmpty()) {
            Problem.FieldError first = errors.getFirst();
            throw new ProblemException(new Problem(400, "'" + first.field() + "' " + first.detail(), errors));
        }
    }

    private @Nullable JsonValue value(String field) {
        JsonValue value = object.get(field);
        return value == null || value.getValueType() == JsonValue.ValueType.NULL ? null : value;
    }

    private <T> Optional<T> wrong(String field, String detail) {
        errors.add(new Problem.FieldError(field, detail));
        return Optional.empty();
    }
}
