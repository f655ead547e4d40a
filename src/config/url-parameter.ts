import type { Engine } from '../dialect/engine.ts';
import { RowhouseError } from '../errors/rowhouse-error.ts';
import { decoded } from './percent.ts';
import { tlsMode } from './tls-mode.ts';
import { choice, integer, milliseconds, seconds, text, type ValueKind } from './value-kind.ts';

/** What a URL's query says: the parameter's first name and its value in one spelling. */
export type UrlParameters = Readonly<Record<string, string>>;

/** One name that a URL's query may hold. */
export interface UrlParameter {
  readonly name: string;
  readonly aliases: readonly string[];
  /** What is accepted, to stand after `is not`. */
  readonly words: string;
  /** The value in one spelling; undefined when it is not acceptable. */
  canonical(value: string): string | undefined;
  readonly about: string;
}

/** What the query of a server's URL may hold. */
export const serverParameters: readonly UrlParameter[] = [
  parameter('sslmode', ['ssl-mode', 'ssl_mode'], tlsMode, 'how far the line is trusted'),
  parameter('sslrootcert', ['ssl-ca', 'ssl_ca'], text, "the authorities' certificates, a PEM file"),
  parameter('sslcert', ['ssl-cert', 'ssl_cert'], text, "the client's certificate, a PEM file"),
  parameter('sslkey', ['ssl-key', 'ssl_key'], text, "the client's key, a PEM file"),
  parameter('connect_timeout', [], seconds(0.1, 600), 'seconds to open a connection'),
  parameter('statement_timeout', [], milliseconds(1, 86_400_000), 'milliseconds a statement may run'),
  parameter('application_name', [], text, 'the name the server shows for this client'),
  parameter('charset', [], choice([['utf8mb4', 'utf8mb4']]), 'always `utf8mb4`; another is refused'),
  parameter('client_encoding', [], utf8(), 'always `utf8`; another is refused'),
  parameter('host', [], text, 'a host, or the directory of a Unix socket'),
  parameter('port', [], integer(1, 65_535), 'with `host`'),
];

/** Reads a query string for this engine; `subject` names where it stands, for messages. */
export function parseUrlParameters(query: string, engine: Engine, subject: string): UrlParameters {
  const found: Record<string, string> = {};
  for (const piece of query
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')) {
    const [rawName, ...rest] = piece.split('=');
    const match = knownParameter(decoded(rawName ?? ''), engine, subject);
    const value = match.canonical(decoded(rest.join('=')));
    if (value === undefined) throw invalid(`${match.name} in ${subject} is not ${match.words}`, match.name);
    if ((found[match.name] ?? value) !== value)
      throw twice(`${subject} says ${match.name} twice and differently`, match);
    found[match.name] = value;
  }
  return found;
}

/** Does the target have a place of its own for this parameter? What has none is the driver's. */
export function hasPlace(name: string, engine: Engine): boolean {
  return !engine.inFile && serverParameters.some((known) => known.name === name);
}

function knownParameter(name: string, engine: Engine, subject: string): UrlParameter {
  const common = engine.inFile ? [] : serverParameters;
  const match = common.find((known) => known.name === name || known.aliases.includes(name));
  if (match) return match;
  const lists = engine.drivers.map((driver) => driver.parameters);
  if (lists.some((list) => list === undefined || list.includes(name)))
    return parameter(name, [], text, 'of the driver');
  const names = [...new Set([...common.map((known) => known.name), ...lists.flatMap((list) => list ?? [])])];
  throw new RowhouseError('CONFIG_INVALID', `${subject} has the parameter ${name}, which is not known`, {
    details: { parameter: name, known: names },
    hint: `the known parameters are ${names.join(', ')}`,
  });
}

function invalid(message: string, parameter: string): RowhouseError {
  return new RowhouseError('CONFIG_INVALID', message, { details: { parameter } });
}

function twice(message: string, { name }: UrlParameter): RowhouseError {
  return new RowhouseError('CONFIG_CONFLICT', message, { details: { parameter: name } });
}

function parameter<T>(name: string, aliases: readonly string[], kind: ValueKind<T>, about: string): UrlParameter {
  const canonical = (value: string): string | undefined => {
    const parsed = kind.parse(value);
    return parsed === undefined ? undefined : kind.show(parsed);
  };
  return { name, aliases, words: kind.words, canonical, about };
}

function utf8(): ValueKind<string> {
  return choice([
    ['utf8', 'utf8'],
    ['utf-8', 'utf8'],
  ]);
}
