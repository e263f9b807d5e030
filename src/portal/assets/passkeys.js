/* Binds passkeys and signs declarations; everything is checked by the registry and by the browser. */
const said = document.getElementById('said');

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? answer.title);
  return answer;
}

const listed = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** The answer of the browser, in the form that the registry reads. */
function credentialOf({ id, type, response }, members) {
  const answer = Object.fromEntries(members.map((name) => [name, text(response[name])]));
  const transports = response.getTransports?.();
  return { id, rawId: id, type, response: { ...answer, ...(transports && { transports }) } };
}

async function signIn(form) {
  await post('/v1/sessions', { email: form.email.value, password: form.password.value });
  location.reload();
}

async function bind(form) {
  const url = `/v1/parties/${form.dataset.party}/passkeys`;
  const { publicKey } = await post(`${url}/options`, {});
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
    },
  });
  const credential = credentialOf(made, ['clientDataJSON', 'attestationObject']);
  await post(url, { label: form.label.value, credential });
  location.reload();
}

async function sign(form) {
  const { party } = form.dataset;
  const wish = { party, subject: { kind: 'party' }, template: form.template.value };
  const { publicKey, nonce } = await post('/v1/declarations/signing-options', wish);
  const signed = await navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
    },
  });
  const assertion = credentialOf(signed, ['clientDataJSON', 'authenticatorData', 'signature']);
  const { declarations } = await post('/v1/declarations', { ...wish, assertion, nonce });
  said.textContent = `Signed and declared on ${declarations.length} layers, from leaf ${declarations[0].logIndex} of the log on.`;
}

for (const [id, act] of Object.entries({ 'sign-in': signIn, bind, sign })) {
  document.getElementById(id)?.addEventListener('submit', (event) => {
    event.preventDefault();
    said.textContent = 'One moment …';
    act(event.target).catch((error) => {
      said.textContent = `That did not work: ${error.message}`;
    });
  });
}
