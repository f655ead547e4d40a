import type { JsonSchema } from '../../wire/json-schema.ts';
import { html, prose, type Markup } from './html.ts';

/** The properties of an object's schema. */
export function schemaTable({ properties = {}, required = [] }: JsonSchema): Markup {
  const rows = Object.entries(properties).map(
    ([name, property]) =>
      html`<tr>
        <th scope="row">
          <code>${name}</code>${required.includes(name) ? html`<i title="required">*</i>` : undefined}
        </th>
        <td>${schemaType(property)}</td>
        <td>${prose(notes(property))}</td>
      </tr>`,
  );
  return html`<table>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

/** A type in a word or two, with a link where it has a name. */
export function schemaType({ $ref, type = 'any JSON', format, contentEncoding, items }: JsonSchema): Markup {
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (type === 'array' && items !== undefined) return html`list of ${schemaType(items)}`;
  const words = typeof type === 'string' ? type : type.join(' or ');
  const form = format ?? contentEncoding;
  return html`<span class="type">${words}${form === undefined ? undefined : html` <em>${form}</em>`}</span>`;
}

/** What there is to know of a value beside its type. */
export function notes(schema: JsonSchema): string {
  const { description, enum: values, maxLength, writeOnly, examples, default: usual } = schema;
  return [
    description ?? [],
    values === undefined ? [] : `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
    maxLength === undefined ? [] : `at most ${maxLength} characters`,
    examples === undefined ? [] : `e.g. \`${examples[0]}\``,
    usual === undefined ? [] : `\`${usual}\` by default`,
    writeOnly === true ? 'never shown' : [],
  ]
    .flat()
    .join('; ');
}
