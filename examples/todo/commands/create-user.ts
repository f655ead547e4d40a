import { randomBytes } from 'node:crypto';
import { projectCommand } from 'rowhouse';
import { userService } from '../users.ts';

/** `rowhouse user create EMAIL` */
export const createUser = projectCommand({
  summary: 'create a user',
  details:
    'The password is read from TODO_PASSWORD, because a word of a command can be seen by everyone on the machine. Without it one is made and printed, once.',
  arguments: ['email'],
  async run({ arguments: { email }, environment, open, print }) {
    const given = environment['TODO_PASSWORD'];
    const password = given ?? randomBytes(12).toString('base64url');
    const database = await open();
    await userService.on(database).create({ email, password });
    print(`created ${email}`);
    if (given === undefined) print(`password: ${password}`);
  },
});
