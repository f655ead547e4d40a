import type { MemberOutcome } from '../../migration/fleet/run-fleet.ts';
import { renderTable } from './table.ts';

type Outcomes = readonly MemberOutcome<{ readonly name: string }>[];

/** What became of the databases of a fleet: the numbers, then what failed; for `current` each with its revision. */
export function renderFleet(outcomes: Outcomes, action: 'up' | 'current', width: number): readonly string[] {
  const failed = outcomes.flatMap((outcome) =>
    outcome.state === 'failed' ? [[outcome.member.name, outcome.code, outcome.message]] : [],
  );
  return [
    ...(action === 'up' ? [] : [renderTable(['database', 'at', ''], outcomes.map(standing), width), '']),
    renderTable(['', 'databases'], counts(outcomes, action), width),
    ...(failed.length === 0 ? [] : ['', renderTable(['failed', 'code', ''], failed, width)]),
  ];
}

function standing(outcome: Outcomes[number]): readonly string[] {
  const { name } = outcome.member;
  switch (outcome.state) {
    case 'done':
      return [name, outcome.at ?? '', 'behind'];
    case 'already':
      return [name, outcome.at ?? '', ''];
    case 'failed':
      return [name, '', outcome.code];
    case 'not tried':
      return [name, '', 'not tried'];
  }
}

function counts(outcomes: Outcomes, action: 'up' | 'current'): readonly (readonly string[])[] {
  const words = {
    done: action === 'up' ? 'done' : 'behind',
    already: action === 'up' ? 'already there' : 'at head',
    failed: 'failed',
    'not tried': 'not tried',
  } as const;
  return (['done', 'already', 'failed', 'not tried'] as const).map((state) => [
    words[state],
    String(outcomes.filter((outcome) => outcome.state === state).length),
  ]);
}
