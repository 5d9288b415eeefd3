package dev.headway.server.http;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.JsonGeneratorDelegate;

/** A generator that writes null for NaN and the infinities; for one thread at a time, as every generator. */
final class FiniteNumbers extends JsonGeneratorDelegate {
    FiniteNumbers(JsonGenerator delegate) {
        super(delegate, false);
    }

    @Override
    public JsonGenerator writeNumber(double value) {
        return Double.isFinite(value) ? super.writeNumber(value) : writeNull();
    }

    @Override
    public JsonGenerator writeNumber(float value) {
        return Float.isFinite(value) ? super.writeNumber(value) : writeNull();
    }

    @Override
    public JsonGenerator writeArray(double[] values, int offset, int length) {
        writeStartArray();
        for (int index = offset; index < offset + length; index++) {
            writeNumber(values[index]);
        }
        return writeEndArray();
    }
}
