import type { Content, Operation, OperationResponse, Parameter } from '../operation.ts';
import { html, prose, type Markup } from './html.ts';
import { notes, schemaType } from './schema-table.ts';

/** One operation: what it is, what it takes, what it gives, and a form to try it. */
export function operationSection(method: string, path: string, operation: Operation): Markup {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  return html`<article id="${operationId}">
    <h3><b class="${method}">${method}</b> <code>${path}</code></h3>
    <p>${prose(summary)}.${description === undefined ? undefined : html` ${prose(description)}`}</p>
    ${parameterTable(
      'Path',
      parameters.filter((parameter) => parameter.in === 'path'),
    )}
    ${queryTables(parameters)}
    ${
      requestBody === undefined
        ? undefined
        : html`<h4>Body</h4>
            <p>${contentLine(requestBody.content)}</p>`
    }
    <h4>Responses</h4>
    <table>
      <tbody>
        ${responseRows(responses)}
      </tbody>
    </table>
    ${tryForm(method, path, parameters, requestBody?.content)}
  </article>`;
}

function queryTables(parameters: readonly Parameter[]): readonly (Markup | undefined)[] {
  const query = parameters.filter((parameter) => parameter.in === 'query');
  const own = query.filter((parameter) => parameter['x-filter'] !== true);
  const filters = query.filter((parameter) => parameter['x-filter'] === true);
  return [
    parameterTable('Query', own),
    filters.length === 0
      ? undefined
      : html`<details>
          <summary>Filters (${filters.length})</summary>
          <p>
            A value starts with an operator and a point, as in <code>gte.18</code>; <code>not.</code> in front turns it
            round. All filters must hold.
          </p>
          ${parameterTable(undefined, filters)}
        </details>`,
  ];
}

function parameterTable(heading: string | undefined, parameters: readonly Parameter[]): Markup | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map(
    ({ name, required = false, description = '', schema }) =>
      html`<tr>
        <th scope="row"><code>${name}</code>${required ? html`<i title="required">*</i>` : undefined}</th>
        <td>${schemaType(schema)}</td>
        <td>${prose([description, notes(schema)].filter((note) => note !== '').join('; '))}</td>
      </tr>`,
  );
  return html`${heading === undefined ? undefined : html`<h4>${heading}</h4>`}
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

function contentLine(content: Content): Markup {
  const [first] = Object.values(content);
  const types = Object.keys(content).map((type, position) => html`${position === 0 ? '' : ' or '}<code>${type}</code>`);
  return html`${first === undefined ? undefined : schemaType(first.schema)} as ${types}`;
}

/** The good answers one by one, the problems together. */
function responseRows(responses: Operation['responses']): readonly Markup[] {
  const answers = Object.entries(responses);
  const failed = answers.flatMap(([status, response]) => ('$ref' in response ? [status] : []));
  const good = answers.flatMap(([status, response]) => ('$ref' in response ? [] : [responseRow(status, response)]));
  const statuses = failed.filter((status) => status !== 'default').join(', ');
  const problems = html`<tr>
    <th scope="row"><code>${statuses === '' ? 'else' : statuses}</code></th>
    <td><a href="#schema-Problem">Problem</a></td>
  </tr>`;
  return failed.length === 0 ? good : [...good, problems];
}

function responseRow(status: string, { description, content = {} }: OperationResponse): Markup {
  const schema = Object.values(content)[0]?.schema;
  return html`<tr class="good">
    <th scope="row"><code>${status}</code></th>
    <td>${description}${schema === undefined ? undefined : html`, ${schemaType(schema)}`}</td>
  </tr>`;
}

function tryForm(method: string, path: string, parameters: readonly Parameter[], content: Content | undefined): Markup {
  const inputs = parameters.map(
    ({ name, in: place, required = false }) =>
      html`<label>${name}<input name="${name}" data-in="${place}" ${required ? html` required` : undefined} /></label>`,
  );
  const type = Object.keys(content ?? {})[0];
  const body =
    type === undefined
      ? undefined
      : html`<label class="wide"
          >Body<textarea name="body" data-type="${type}" rows="5" spellcheck="false">{}</textarea>
        </label>`;
  return html`<details class="try">
    <summary>Try it</summary>
    <form data-method="${method}" data-path="${path}">
      <div class="inputs">${inputs}${body}</div>
      <button>Send</button>
      <pre hidden tabindex="0" aria-live="polite"></pre>
    </form>
  </details>`;
}
