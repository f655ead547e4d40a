/** Metrics of one name and kind. Names and labels are those that OpenTelemetry's own exporter would give. */
export type MetricFamily = CounterOrGauge | HistogramFamily;

interface Described {
  /** Without the `_total` of a counter; a unit is its last word. */
  readonly name: string;
  readonly help: string;
  readonly unit?: 'seconds' | undefined;
}

export interface CounterOrGauge extends Described {
  readonly kind: 'counter' | 'gauge';
  readonly samples: readonly Sample[];
}

export interface HistogramFamily extends Described {
  readonly kind: 'histogram';
  /** Upper bounds, ascending, without infinity. */
  readonly bounds: readonly number[];
  readonly samples: readonly HistogramSample[];
}

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface HistogramSample {
  readonly labels: Labels;
  /** How many fell into each bucket, the last of which has no bound. */
  readonly counts: readonly number[];
  readonly sum: number;
}
