import { jsonPointer } from '../../util/json-pointer.ts';

/** The JSON pointer to a member of the body, as a URI fragment: `#/address`. */
export function pointerTo(key: string): string {
  return jsonPointer([key]);
}
