/** As `toISOString`, which takes four times as long: in a list it was a tenth of what a request costs. */
export function momentText(moment: Date): string {
  const year = moment.getUTCFullYear();
  if (!(year >= 0 && year <= 9999)) return moment.toISOString();
  const date = `${pair(Math.floor(year / 100))}${pair(year % 100)}-${pair(moment.getUTCMonth() + 1)}-${pair(moment.getUTCDate())}`;
  const time = `${pair(moment.getUTCHours())}:${pair(moment.getUTCMinutes())}:${pair(moment.getUTCSeconds())}`;
  const ms = moment.getUTCMilliseconds();
  return `${date}T${time}.${Math.floor(ms / 100)}${pair(ms % 100)}Z`;
}

const pairs = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

function pair(number: number): string {
  return pairs[number] ?? '';
}
