import { postgresText } from '../text.ts';

/** The statement that writes a comment; none where there is no comment. */
export function commentText(target: string, comment: string | undefined): readonly string[] {
  return comment === undefined ? [] : [`comment on ${target} is ${postgresText.literal(comment)}`];
}

/** The statement that writes a comment or takes it away. */
export function setComment(target: string, comment: string | undefined | null): string {
  return `comment on ${target} is ${postgresText.literal(comment ?? null)}`;
}
