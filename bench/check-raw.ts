import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** What somebody who knows DuckDB would run by hand: the same join, the same rows, no verifying. */
const folder = process.argv[2]!;
const instance = await DuckDBInstance.create(':memory:', {
  temp_directory: join(folder, 'raw-spill'),
});
const connection = await instance.connect();
await connection.run(
  `COPY (
     SELECT m.*, coalesce(v.outcome, 'unknown') AS fermata_outcome,
       coalesce(v.reasons, 'not_found') AS fermata_reasons,
       coalesce(v.outcome, 'unknown') AS part
     FROM read_parquet('${folder}/manifest.parquet') AS m
     LEFT JOIN read_parquet('${folder}/snapshot/identifiers/scheme=isrc/part-0.parquet',
       hive_partitioning = false) AS i ON i.identifier = m.isrc
     LEFT JOIN (
       SELECT standing::INTEGER AS standing,
         CASE WHEN standing % 4 = 3 THEN 'unknown' WHEN standing % 2 = 0 THEN 'allowed' ELSE 'refused' END AS outcome,
         CASE WHEN standing % 4 = 3 THEN 'ai.train.generative unknown silent+missing_share' WHEN standing % 2 = 0 THEN ''
           ELSE 'ai.train.generative denied deny' END AS reasons
       FROM range(2000) AS t (standing)
     ) AS v ON v.standing = i.standing
   ) TO '${folder}/raw' (FORMAT parquet, PARTITION_BY (part))`,
);
connection.closeSync();
instance.closeSync();
