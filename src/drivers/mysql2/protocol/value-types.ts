/** Codes of the protocol for the types that values go as. */
export const tinyType = 1;
export const doubleType = 5;
export const nullType = 6;
export const bigintType = 8;
export const blobType = 252;
export const textType = 253;
