// Jobs a second of graphile-worker and pg-boss, one trivial job each, on the database of PGHOST, PGPORT, PGUSER and PGDATABASE.
// Prints one line of JSON. Usage: node measure.mjs JOBS
import pg from "pg";
import { Logger, run } from "graphile-worker";
import * as boss from "pg-boss";

const jobs = Number(process.argv[2] ?? 20000);
const pool = new pg.Pool({ max: 24 });

// As its documentation advises for throughput: a local queue, completions written together, no line a job.
const fast = {
  pgPool: pool,
  noHandleSignals: true,
  logger: new Logger(() => () => {}),
  preset: { worker: { concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
};

async function graphile() {
  let done = 0;
  let finished;
  const all = new Promise((resolve) => (finished = resolve));
  const tasks = { trivial: async () => { if (++done === jobs) finished(); } };
  // The first start makes the schema.
  await (await run({ ...fast, taskList: tasks })).stop();
  await pool.query("SELECT graphile_worker.add_job('trivial', '{}'::json) FROM generate_series(1, $1)", [jobs]);
  const started = process.hrtime.bigint();
  const runner = await run({ ...fast, taskList: tasks });
  await all;
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  await runner.stop();
  return jobs / seconds;
}

async function pgBoss() {
  const PgBoss = boss.PgBoss ?? boss.default;
  const queue = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) } });
  queue.on("error", (fault) => console.error(fault.message));
  await queue.start();
  await queue.createQueue("trivial");
  for (let from = 0; from < jobs; from += 1000) {
    await queue.insert("trivial", Array.from({ length: Math.min(1000, jobs - from) }, () => ({ name: "trivial", data: {} })));
  }

  const started = process.hrtime.bigint();
  let done = 0;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (;;) {
        const taken = await queue.fetch("trivial", { batchSize: 100 });
        if (!taken || taken.length === 0) return;
        await queue.complete("trivial", taken.map((job) => job.id));
        done += taken.length;
      }
    }),
  );
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  await queue.stop({ graceful: false });
  if (done !== jobs) throw new Error(`pg-boss did ${done} of ${jobs} jobs`);
  return jobs / seconds;
}

const result = { jobs, graphileWorker: await graphile(), pgBoss: await pgBoss() };
await pool.end().catch(() => {});
console.log(JSON.stringify(result));
process.exit(0);
