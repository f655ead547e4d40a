import { date, json, table, text, timestamps, uuid } from 'rowhouse';

export const profiles = table('user_profile', {
  // The id that the auth service gave: another service's row is named, never joined.
  userId: uuid().primaryKey(),
  displayName: text({ max: 120 }).index(),
  birthday: date().null(),
  preferences: json().null(),
  ...timestamps(),
});
