/** The page's behaviour: the form of an operation sends its request and shows the answer as text. */
export const script: string = `
async function send(form) {
  const query = new URLSearchParams();
  let path = form.dataset.path;
  for (const input of form.querySelectorAll('input')) {
    if (input.dataset.in === 'path') path = path.replace('{' + input.name + '}', encodeURIComponent(input.value));
    else if (input.value !== '') query.append(input.name, input.value);
  }
  const text = form.querySelector('textarea');
  const options = { method: form.dataset.method.toUpperCase() };
  if (text) Object.assign(options, { body: text.value, headers: { 'content-type': text.dataset.type } });
  const response = await fetch(path + (query.size === 0 ? '' : '?' + query), options);
  const body = await response.text();
  return response.status + ' ' + response.statusText + '\\n\\n' + pretty(body);
}
function pretty(body) {
  try { return JSON.stringify(JSON.parse(body), null, 2); } catch { return body; }
}
for (const form of document.forms) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const output = form.querySelector('pre');
    output.hidden = false;
    output.textContent = '…';
    output.textContent = await send(form).catch((error) => String(error));
  });
}
`;
