/** The longest beginning of whole characters that has at most so many bytes. */
export function cutName(name: string, bytes: number): string {
  let result = '';
  for (const character of name) {
    if (Buffer.byteLength(result + character) > bytes) break;
    result += character;
  }
  return result;
}
