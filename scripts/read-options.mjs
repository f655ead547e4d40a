import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * The options that a script was given, as `parseArgs` of Node takes them. `--help` prints the comment at the top of the
 * script's file; with a word that it does not know the script ends, and says so above the same text.
 */
export function readOptions(url, options = {}) {
  const help = { type: 'boolean', default: false };
  try {
    const { values } = parseArgs({ allowNegative: true, options: { ...options, help } });
    if (!values.help) return values;
    console.log(usageOf(url));
    process.exit(0);
  } catch (error) {
    if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
    console.error(`${error.message}\n\n${usageOf(url)}`);
    process.exit(2);
  }
}

function usageOf(url) {
  const lines = readFileSync(fileURLToPath(url), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');
}
