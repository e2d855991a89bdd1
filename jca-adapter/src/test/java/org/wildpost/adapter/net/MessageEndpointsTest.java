// SPDX-License-Identifier: Apache-2.0
package org.wildpost.adapter.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.wildpost.adapter.FakeEndpointFactory;
import org.wildpost.adapter.net.Endpoints.ServiceUnavailableException;

class MessageEndpointsTest {
    /** A listener. */
    public interface Question {
        String answer(int number);
    }

    @Test
    void makesAndReleasesAnEndpointPerQuestion() {
        FakeEndpointFactory factory = new FakeEndpointFactory(Question.class, (Question) number -> "n" + number);
        Endpoints<Question> endpoints = new MessageEndpoints<>(factory, Question.class);
        assertThat(endpoints.<String>ask(listener -> listener.answer(1))).isEqualTo("n1");
        assertThat(endpoints.<String>ask(listener -> listener.answer(2))).isEqualTo("n2");
        assertThat(factory.created()).isEqualTo(2);
        assertThat(factory.released()).isEqualTo(2);
    }

    @Test
    void turnsEveryFaultOfTheContainerIntoOneAndReleasesNonetheless() {
        FakeEndpointFactory factory = new FakeEndpointFactory(Question.class, (Question) number -> {
            throw new IllegalStateException("a bean fell over");
        });
        Endpoints<Question> endpoints = new MessageEndpoints<>(factory, Question.class);
        assertThatThrownBy(() -> endpoints.<String>ask(listener -> listener.answer(1)))
                .isInstanceOf(ServiceUnavailableException.class);
        assertThat(factory.released()).isEqualTo(1);
        factory.suspend();
        assertThatThrownBy(() -> endpoints.<String>ask(listener -> listener.answer(1)))
                .isInstanceOf(ServiceUnavailableException.class);
    }
}
