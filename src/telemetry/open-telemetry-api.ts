/** What we use of a tracer of `@opentelemetry/api`; its own fits as it is. */
export interface Tracer {
  startSpan(name: string, options: SpanOptions): Span;
}

export interface SpanOptions {
  readonly kind: number;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly attributes: Record<string, string | number>;
}

export interface Span {
  setStatus(status: { code: number; message?: string }): unknown;
  end(endTime: number): void;
}

/** What we use of a meter of `@opentelemetry/api`; its own fits as it is. */
export interface Meter {
  createHistogram(name: string, options: InstrumentOptions): Histogram;
  createObservableUpDownCounter(name: string, options: InstrumentOptions): Observable;
  createObservableCounter(name: string, options: InstrumentOptions): Observable;
  createObservableGauge(name: string, options: InstrumentOptions): Observable;
}

export interface InstrumentOptions {
  readonly description: string;
  readonly unit: string;
  readonly advice?: { explicitBucketBoundaries?: number[] };
}

export interface Histogram {
  record(value: number, attributes: Readonly<Attributes>): void;
}

export interface Observable {
  addCallback(callback: ObservableCallback): void;
  removeCallback(callback: ObservableCallback): void;
}

export type ObservableCallback = (result: ObservableResult) => void;

export interface ObservableResult {
  observe(value: number, attributes: Attributes): void;
}

export type Attributes = Record<string, string | number>;

/** The numbers that the API gives to a client's span and to a failure. */
export const spanKindClient = 2;
export const statusError = 2;
