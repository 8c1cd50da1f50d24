import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import Papa from "papaparse";

/** Rows of a file of `vega-datasets`: airports of the United States, and how many flights went between them in 2008. */
export function rowsOf(name: string): Record<string, string>[] {
  // The package exports its code alone; the data lies beside it.
  const file = new URL(`../data/${name}.csv`, import.meta.resolve("vega-datasets"));
  return Papa.parse<Record<string, string>>(readFileSync(file, "utf8").trim(), { header: true }).data;
}

/** Writes the SQLite file that the agent is asked about. */
export function makeDatabase(path: string): void {
  using database = new DatabaseSync(path);
  database.exec(`
    CREATE TABLE airports (iata TEXT PRIMARY KEY, name TEXT, city TEXT, state TEXT) STRICT;
    CREATE TABLE flights (origin TEXT REFERENCES airports, destination TEXT REFERENCES airports, count INTEGER) STRICT;
    BEGIN`);
  const airport = database.prepare("INSERT INTO airports VALUES (?, ?, ?, ?)");
  for (const { iata = "", name = "", city = "", state = "" } of rowsOf("airports"))
    airport.run(iata, name, city, state);
  const flight = database.prepare("INSERT INTO flights VALUES (?, ?, ?)");
  for (const { origin = "", destination = "", count } of rowsOf("flights-airport")) {
    flight.run(origin, destination, Number(count));
  }
  database.exec("COMMIT");
}
