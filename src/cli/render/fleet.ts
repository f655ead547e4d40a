import type { MemberOutcome } from '../../migration/fleet/run-fleet.ts';
import { renderTable } from './table.ts';

type Outcomes = readonly MemberOutcome<{ readonly name: string }>[];

/** What `fleet` does, with its words for databases in which something was to do, and in which nothing was. */
const words = {
  up: { done: 'done', already: 'already there', standing: '' },
  current: { done: 'behind', already: 'at head', standing: 'behind' },
  drift: { done: 'not known', already: 'as left', standing: 'not known' },
} as const;

export type FleetAction = keyof typeof words;

export function isFleetAction(word: string | undefined): word is FleetAction {
  return word !== undefined && Object.hasOwn(words, word);
}

/** What became of the databases of a fleet: the numbers, then what failed; each with its revision unless they were changed. */
export function renderFleet(outcomes: Outcomes, action: FleetAction, width: number): readonly string[] {
  const failed = outcomes.flatMap((outcome) =>
    outcome.state === 'failed' ? [[outcome.member.name, outcome.code, outcome.message]] : [],
  );
  return [
    ...(action === 'up' ? [] : [renderTable(['database', 'at', ''], outcomes.map(standingFor(action)), width), '']),
    renderTable(['', 'databases'], counts(outcomes, action), width),
    ...(failed.length === 0 ? [] : ['', renderTable(['failed', 'code', ''], failed, width)]),
  ];
}

function standingFor(action: FleetAction): (outcome: Outcomes[number]) => readonly string[] {
  return (outcome) => {
    const { name } = outcome.member;
    switch (outcome.state) {
      case 'done':
        return [name, outcome.at ?? '', words[action].standing];
      case 'already':
        return [name, outcome.at ?? '', ''];
      case 'failed':
        return [name, '', outcome.code];
      case 'not tried':
        return [name, '', 'not tried'];
    }
  };
}

function counts(outcomes: Outcomes, action: FleetAction): readonly (readonly string[])[] {
  const { done, already } = words[action];
  const said = { done, already, failed: 'failed', 'not tried': 'not tried' } as const;
  return (['done', 'already', 'failed', 'not tried'] as const).map((state) => [
    said[state],
    String(outcomes.filter((outcome) => outcome.state === state).length),
  ]);
}
