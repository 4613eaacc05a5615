// People of the default world who work with the vendor's client for admins and agents.
const { RestClient } = require('@rocket.chat/api-client');

/** Give a client that has signed in with its user name as password. */
async function signedIn(baseUrl, username) {
  const client = new RestClient({ baseUrl });
  const { data } = await client.post('/v1/login', { user: username, password: username });
  client.setCredentials({ 'X-User-Id': data.userId, 'X-Auth-Token': data.authToken });
  return client;
}

/** Give what a refusal tells: status and error. */
async function told(response) {
  if (response instanceof Error) throw response;
  const { error } = response.data ?? await response.json();
  return { status: response.status, error };
}

/** Give what a call that has to be refused tells. */
async function refusal(call) {
  return call.then(() => { throw new Error('it was not refused'); }, told);
}

/** Run a story and print what its people saw, as JSON. */
function tell(story) {
  story.then(
    (seen) => console.log(JSON.stringify(seen, null, 1)),
    async (error) => {
      console.error(error, error.json ? await error.json() : '');
      process.exit(1);
    },
  );
}

module.exports = { signedIn, refusal, tell, told };
