export { openRowhouse as open } from '../rowhouse.mjs';
