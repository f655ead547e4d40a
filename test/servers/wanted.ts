/** Is this server in the list, where `postgresql` stands for all of its versions? An empty list wants all. */
export function isWanted(name: string, list: string = process.env['ROWHOUSE_SERVERS_ONLY'] ?? ''): boolean {
  const wanted = list.split(',').filter(Boolean);
  return wanted.length === 0 || wanted.some((one) => name === one || name.startsWith(`${one}-`));
}
