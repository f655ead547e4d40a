import type { AnyCommand } from '../command.ts';
import { kebab } from '../parse-command.ts';

/** The shells whose completion can be written. */
export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

/** The script that completes commands and options in a shell, from the declarations that make the parser. */
export function renderCompletion(shell: Shell, commands: readonly AnyCommand[]): string {
  const pages = commands.map((command): Page => ({
    name: command.name,
    summary: command.summary,
    options: [
      ...Object.entries(command.options).map(([key, { kind, summary }]): PageOption => ({
        name: kebab(key),
        summary,
        takesValue: kind !== 'flag',
      })),
      { name: 'help', summary: 'show the page of this command', takesValue: false },
    ],
  }));
  switch (shell) {
    case 'bash':
      return bash(pages);
    case 'zsh':
      return zsh(pages);
    case 'fish':
      return fish(pages);
  }
}

interface Page {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly PageOption[];
}

interface PageOption {
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
}

function bash(pages: readonly Page[]): string {
  const cases = pages.map(({ name, options }) => `    ${name}) words='${options.map(dashed).join(' ')}' ;;`);
  return `# put this into ~/.bashrc: eval "$(rowhouse completion bash)"
_rowhouse() {
  local words=''
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if ((COMP_CWORD == 1)); then words='${pages.map(({ name }) => name).join(' ')}'; fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _rowhouse rowhouse`;
}

function zsh(pages: readonly Page[]): string {
  const cases = pages.map(
    ({ name, options }) =>
      `    ${name}) found=(${options.map((option) => described(dashed(option), option.summary)).join(' ')}) ;;`,
  );
  return `# put this into ~/.zshrc, after compinit: eval "$(rowhouse completion zsh)"
_rowhouse() {
  local -a found
  if ((CURRENT == 2)); then
    found=(${pages.map(({ name, summary }) => described(name, summary)).join(' ')})
    _describe command found
    return
  fi
  case "$words[2]" in
${cases.join('\n')}
  esac
  _describe option found
  _files
}
compdef _rowhouse rowhouse`;
}

function fish(pages: readonly Page[]): string {
  const lines = pages.flatMap(({ name, summary, options }) => [
    `complete -c rowhouse -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
    ...options.map(
      (option) =>
        `complete -c rowhouse -n '__fish_seen_subcommand_from ${name}' -l ${option.name}${option.takesValue ? ' -r' : ''} -d ${quoted(option.summary)}`,
    ),
  ]);
  return ['# put this into ~/.config/fish/config.fish: rowhouse completion fish | source', ...lines].join('\n');
}

function dashed({ name }: PageOption): string {
  return `--${name}`;
}

/** A colon ends the word that zsh completes. */
function described(word: string, summary: string): string {
  return quoted(`${word}:${summary.replaceAll(':', '\\:')}`);
}

/** One word for every shell: a quote inside is closed, escaped and opened again. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
