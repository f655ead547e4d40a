import { RowhouseError } from '../errors/rowhouse-error.ts';
import { agreed, describeSource, type Given } from './given.ts';
import { decoded } from './percent.ts';
import { Secret } from './secret.ts';
import { readSetting, type Inputs } from './setting.ts';
import { projectSettings } from './table/project-settings.ts';

/** The cache's URL, completed by the account that the container was given. */
export function readRedisUrl(inputs: Inputs): Given<Secret> | undefined {
  const url = readSetting(inputs, projectSettings.redisUrl);
  if (!url) return undefined;
  const [, scheme, written, place] = /^(rediss?:\/\/)(?:(.*)@)?([^@]+)$/is.exec(url.value) ?? [];
  if (scheme === undefined || place === undefined) throw invalid(url);
  const [, user = '', password = ''] = /^([^:]*)(?::(.*))?$/s.exec(written ?? '') ?? [];
  const account = {
    user: agreed('cache user', [part(user, url), readSetting(inputs, projectSettings.cacheUser)]),
    password: agreed('cache password', [part(password, url), readSetting(inputs, projectSettings.cachePassword)]),
  };
  return { value: new Secret(`${scheme}${credentials(account)}${place}`), source: url.source };
}

function part(written: string, { source }: Given<string>): Given<string> | undefined {
  return written === '' ? undefined : { value: decoded(written), source };
}

function credentials({ user, password }: Readonly<Record<'user' | 'password', Given<string> | undefined>>): string {
  const name = encodeURIComponent(user?.value ?? '');
  if (password) return `${name}:${encodeURIComponent(password.value)}@`;
  return user ? `${name}@` : '';
}

function invalid(url: Given<string>): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', `${describeSource(url.source)} is not the URL of a cache`, {
    hint: 'the form is redis://user:password@host:6379/0, or rediss:// with TLS',
  });
}
