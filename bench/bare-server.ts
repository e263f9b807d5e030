import fastify from 'fastify';
import pg from 'pg';

/**
 * What a lookup is held against: a Fastify route with nothing in it but one indexed SELECT through
 * node-postgres, prepared, over a pool of the same size. Run as a process of its own.
 */
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 10 });
const app = fastify();

app.get<{ Params: { scheme: string; value: string } }>(
  '/v1/lookup/:scheme/:value',
  async (request) => {
    const { rows } = await pool.query({
      name: 'bare',
      text: 'SELECT work_id, standing_id FROM lookup_entries WHERE scheme = $1 AND value = $2',
      values: [request.params.scheme, request.params.value],
    });
    return rows;
  },
);

/** What an opt-out list of URLs gives for a page of them: one statement, one JSON answer. */
app.post<{ Body: { items: string[] } }>('/v1/lookups', async (request) => {
  const { rows } = await pool.query({
    name: 'bare list',
    text: `SELECT value, work_id, standing_id FROM lookup_entries
      WHERE scheme = 'isrc' AND value = ANY($1)`,
    values: [request.body.items],
  });
  return rows;
});

process.on('SIGTERM', () => {
  void app.close().then(() => pool.end());
});

await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
process.stdout.write('bare server is open\n');
