import type { HistogramFamily, HistogramSample, Labels, MetricFamily } from './metric-family.ts';

/** The two texts that Prometheus reads: its own, and the OpenMetrics standard. */
export type TextFormat = 'prometheus' | 'openmetrics';

export const contentTypes: Readonly<Record<TextFormat, string>> = {
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

/** The text of metrics. */
export function renderMetrics(families: readonly MetricFamily[], format: TextFormat): string {
  const lines = families.flatMap((family) => [...head(family, format), ...samples(family)]);
  return [...lines, ...(format === 'openmetrics' ? ['# EOF'] : []), ''].join('\n');
}

function head({ name, kind, help, unit }: MetricFamily, format: TextFormat): readonly string[] {
  const said = format === 'prometheus' && kind === 'counter' ? `${name}_total` : name;
  return [
    `# HELP ${said} ${help}`,
    `# TYPE ${said} ${kind}`,
    ...(format === 'openmetrics' && unit !== undefined ? [`# UNIT ${said} ${unit}`] : []),
  ];
}

function samples(family: MetricFamily): readonly string[] {
  switch (family.kind) {
    case 'counter':
      return family.samples.map(({ labels, value }) => `${family.name}_total${labelText(labels)} ${value}`);
    case 'gauge':
      return family.samples.map(({ labels, value }) => `${family.name}${labelText(labels)} ${value}`);
    case 'histogram':
      return family.samples.flatMap((sample) => histogramLines(family, sample));
  }
}

function histogramLines({ name, bounds }: HistogramFamily, { labels, counts, sum }: HistogramSample): string[] {
  let count = 0;
  const buckets = counts.map((inBucket, index) => {
    count += inBucket;
    const le = bounds[index] === undefined ? '+Inf' : boundText(bounds[index]);
    return `${name}_bucket${labelText({ ...labels, le })} ${count}`;
  });
  return [...buckets, `${name}_sum${labelText(labels)} ${sum}`, `${name}_count${labelText(labels)} ${count}`];
}

/** The same number in both texts: OpenMetrics wants `1.0` where the other would take `1`. */
function boundText(bound: number): string {
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
