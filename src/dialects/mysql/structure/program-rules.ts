import type { DefinitionStatement, ObjectReference } from '../../../dialect/definition.ts';
import type { Fact } from '../../../dialect/structure/fact.ts';
import type { KindRules } from '../../../dialect/structure/rules.ts';
import { mysqlText } from '../text.ts';
import { afterQuoted } from './scan.ts';
import { inModes } from './session-modes.ts';
import { textOf } from './text-of.ts';

/** What tells the servers of the family apart when structures are changed. */
export interface StructureFlavor {
  /** Routines, triggers and events are made anew in one statement; else nothing stands for a moment. */
  readonly replacesPrograms: boolean;
}

/** How routines and events are made, changed and removed. */
export function programRules({ replacesPrograms }: StructureFlavor): KindRules {
  return {
    create: (fact) => inModes(fact, createProgram(fact, 'create')),
    drop: (fact) => [dropProgram(fact)],
    alter: (before, after) => ({
      how: 'in-place',
      steps: replacesPrograms
        ? inModes(after, createProgram(after, 'create or replace'))
        : [{ ...dropProgram(before), note: meanwhile(before) }, ...inModes(after, createProgram(after, 'create'))],
    }),
    rank: 25,
  };
}

/** Triggers besides keep their order: those that run after a new one are made again behind it. */
export function triggerRules(flavor: StructureFlavor): KindRules {
  const rules = programRules(flavor);
  return {
    ...rules,
    alter: (before, after, context) => {
      if (before.attributes['follows'] !== after.attributes['follows']) return { how: 'replace' };
      const alteration = rules.alter(before, after, context);
      return alteration.how === 'in-place' ? { ...alteration, rebuild: ({ kind }) => kind === 'trigger' } : alteration;
    },
    rank: 40,
  };
}

function meanwhile({ kind, attributes }: Fact): string {
  return `the ${kind} ${textOf({ attributes }, 'name')} is not there until the next statement has run, and grants on it go`;
}

function createProgram(fact: Fact, verb: string): DefinitionStatement {
  const { definer, text, follows = '' } = fact.attributes as unknown as ProgramAttributes;
  const owner = definer === '' ? '' : `DEFINER=${definer} `;
  const sql = `${verb} ${owner}${follows === '' ? text : withFollows(text, follows)}`;
  const done = { question: 'exists' as const, object: referenceTo(fact) };
  return { sql, transactional: false, ...(verb === 'create' ? { done } : { repeatable: true }) };
}

function dropProgram(fact: Fact): DefinitionStatement {
  const sql = `drop ${fact.kind} ${mysqlText.name(textOf(fact, 'name'))}`;
  return { sql, transactional: false, done: { question: 'missing', object: referenceTo(fact) } };
}

function referenceTo({ kind, attributes }: Fact): ObjectReference {
  return { kind: 'raw', type: kind, name: textOf({ attributes }, 'name') };
}

interface ProgramAttributes {
  readonly definer: string;
  readonly text: string;
  readonly follows?: string;
}

/** The servers keep the order of triggers apart from their text. */
function withFollows(text: string, follows: string): string {
  for (let at = 0; at < text.length;) {
    const head = /^for\s+each\s+row\b/i.exec(text.slice(at));
    if (head !== null && /\s$/.test(text.slice(0, at))) {
      const end = at + head[0].length;
      return `${text.slice(0, end)} FOLLOWS ${mysqlText.name(follows)}${text.slice(end)}`;
    }
    at = Math.max(afterQuoted(text, at), at + 1);
  }
  return text;
}
