/** The text that lies from `start` up to `end`. */
export type TextReader = (buffer: Buffer, start: number, end: number) => string;

/**
 * What `toString` calls once it has looked at its arguments, which takes longer than most cells. Node has these since its
 * first versions but does not document them, so other runtimes may lack them.
 */
type Slices = Partial<Record<'utf8Slice' | 'latin1Slice', (start: number, end: number) => string>>;

const { utf8Slice, latin1Slice } = Buffer.prototype as Slices;

export const utf8Text: TextReader =
  utf8Slice === undefined
    ? (buffer, start, end) => buffer.toString('utf8', start, end)
    : (buffer, start, end) => utf8Slice.call(buffer, start, end);

export const latin1Text: TextReader =
  latin1Slice === undefined
    ? (buffer, start, end) => buffer.toString('latin1', start, end)
    : (buffer, start, end) => latin1Slice.call(buffer, start, end);
