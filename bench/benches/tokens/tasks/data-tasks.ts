import { airport, countries, flightsFrom, movies, seattleWeather, stockPrices } from "../data-tools.ts";
import { answer, call, type Results, step, type TokenTask } from "../task.ts";

const tools = [stockPrices, countries, seattleWeather, flightsFrom, airport, movies];
const symbols = ["AAPL", "AMZN", "GOOG", "IBM", "MSFT"];

/** The lists of a turn, as the model reads them. */
function lists<T>(results: Results, turn: number): T[][] {
  return (results[turn] ?? []).map((text) => JSON.parse(text) as T[]);
}
const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Questions about data sets: results are lists of records, and what is asked is a few numbers. */
export function dataTasks(): TokenTask[] {
  return [
    {
      name: "the best of five shares over ten years",
      tools,
      task: "Which of the five shares grew by the largest factor from its first price to its last? Answer with { symbol, factor }, rounded to two decimals.",
      code: [
        step(
          "I compare the first and the last price of each share.",
          `
const symbols = ["AAPL", "AMZN", "GOOG", "IBM", "MSFT"];
const factors = await Promise.all(symbols.map(async (symbol) => {
  const prices = await stock_prices(symbol);
  return { symbol, factor: Math.round((prices.at(-1).price / prices[0].price) * 100) / 100 };
}));
finalAnswer(factors.reduce((best, each) => (each.factor > best.factor ? each : best)));`,
        ),
      ],
      calls: [
        () => symbols.map((symbol) => call("stock_prices", { symbol })),
        (results) => {
          const factors = lists<{ price: number }>(results, 0).map((prices, i) => ({
            symbol: symbols[i],
            factor: rounded((prices.at(-1)?.price ?? 0) / (prices[0]?.price ?? 1)),
          }));
          return answer(factors.reduce((best, each) => (each.factor > best.factor ? each : best)));
        },
      ],
    },
    {
      name: "the wettest month of a year",
      tools,
      task: "In which month of 2012 did most rain fall in Seattle? Answer with { month, millimetres }, rounded to two decimals.",
      code: [
        step(
          "I add up the days of each month.",
          `
const sums = await Promise.all(Array.from({ length: 12 }, async (_, i) => {
  const days = await seattle_weather(2012, i + 1);
  return { month: i + 1, millimetres: Math.round(days.reduce((sum, day) => sum + day.precipitation, 0) * 100) / 100 };
}));
finalAnswer(sums.reduce((best, each) => (each.millimetres > best.millimetres ? each : best)));`,
        ),
      ],
      calls: [
        () => Array.from({ length: 12 }, (_, i) => call("seattle_weather", { year: 2012, month: i + 1 })),
        (results) => {
          const sums = lists<{ precipitation: number }>(results, 0).map((days, i) => ({
            month: i + 1,
            millimetres: rounded(days.reduce((sum, day) => sum + day.precipitation, 0)),
          }));
          return answer(sums.reduce((best, each) => (each.millimetres > best.millimetres ? each : best)));
        },
      ],
    },
    {
      name: "countries whose population doubled",
      tools,
      task: "How many countries had more than twice as many people in 2005 as in 1955?",
      code: [
        step(
          "I compare both years by country.",
          `
const [before, after] = await Promise.all([countries(1955), countries(2005)]);
const people = new Map(before.map(({ country, pop }) => [country, pop]));
finalAnswer(after.filter(({ country, pop }) => pop > 2 * people.get(country)).length);`,
        ),
      ],
      calls: [
        () => [call("countries", { year: 1955 }), call("countries", { year: 2005 })],
        (results) => {
          const [before = [], after = []] = lists<{ country: string; pop: number }>(results, 0);
          const people = new Map(before.map(({ country, pop }) => [country, pop]));
          return answer(after.filter(({ country, pop }) => pop > 2 * (people.get(country) ?? 0)).length);
        },
      ],
    },
    {
      name: "a list of three pages",
      tools,
      task: "Which director made most Musicals of the list? Answer with { director, count }.",
      code: [
        step(
          "I go through the pages until one is not full, and count by director.",
          `
const all = [];
for (let page = 1; ; page++) {
  const list = await movies("Musical", page);
  all.push(...list);
  if (list.length < 25) break;
}
const counts = new Map();
for (const { director } of all) if (director) counts.set(director, (counts.get(director) ?? 0) + 1);
const [[director, count]] = [...counts].sort((a, b) => b[1] - a[1]);
finalAnswer({ director, count });`,
        ),
      ],
      calls: [
        () => [call("movies", { genre: "Musical" })],
        () => [call("movies", { genre: "Musical", page: 2 })],
        () => [call("movies", { genre: "Musical", page: 3 })],
        (results) => {
          const counts = new Map<string, number>();
          for (const { director } of [0, 1, 2].flatMap((turn) =>
            lists<{ director: string | null }>(results, turn).flat(),
          )) {
            if (director) counts.set(director, (counts.get(director) ?? 0) + 1);
          }
          const [[director, count] = []] = [...counts].sort(([, one], [, other]) => other - one);
          return answer({ director, count });
        },
      ],
    },
    {
      name: "where the flights of an airport go, by state",
      tools,
      task: "Of the ten airports that have most flights from SEA, how many lie in each state? Answer with an object of numbers by state.",
      code: [
        step(
          "I take the ten largest, look up their states and count.",
          `
const top = (await flights_from("SEA")).sort((a, b) => b.count - a.count).slice(0, 10);
const states = await Promise.all(top.map(async ({ to }) => (await airport(to)).state));
const counts = {};
for (const state of states) counts[state] = (counts[state] ?? 0) + 1;
finalAnswer(counts);`,
        ),
      ],
      calls: [
        () => [call("flights_from", { iata: "SEA" })],
        (results) => {
          const flights = lists<{ to: string; count: number }>(results, 0).flat();
          return flights
            .sort((a, b) => b.count - a.count)
            .slice(0, 10)
            .map(({ to }) => call("airport", { iata: to }));
        },
        (results) => {
          const counts: Record<string, number> = {};
          for (const text of results[1] ?? []) {
            const { state } = JSON.parse(text) as { state: string };
            counts[state] = (counts[state] ?? 0) + 1;
          }
          return answer(counts);
        },
      ],
    },
    {
      name: "two small lookups",
      tools,
      task: "In which cities are the airports SEA and DEN? Answer with a list.",
      code: [
        step(
          "I look up both.",
          `
const found = await Promise.all([airport("SEA"), airport("DEN")]);
finalAnswer(found.map(({ city }) => city));`,
        ),
      ],
      calls: [
        () => [call("airport", { iata: "SEA" }), call("airport", { iata: "DEN" })],
        (results) => answer((results[0] ?? []).map((text) => (JSON.parse(text) as { city: string }).city)),
      ],
    },
    {
      name: "a lookup that fails in the middle of the code",
      tools,
      task: "In which cities are the airports SEA, XXQ and DEN? Answer with a list; unknown if there is no such airport.",
      code: [
        step(
          "I look up all of them.",
          `
const found = await Promise.all(["SEA", "XXQ", "DEN"].map((iata) => airport(iata)));
finalAnswer(found.map(({ city }) => city));`,
        ),
        step(
          "One of them does not exist, so each call gets its own way to fail.",
          `
const cities = await Promise.all(["SEA", "XXQ", "DEN"].map((iata) => airport(iata).then(({ city }) => city, () => "unknown")));
finalAnswer(cities);`,
        ),
      ],
      calls: [
        () => ["SEA", "XXQ", "DEN"].map((iata) => call("airport", { iata })),
        (results) =>
          answer(
            (results[0] ?? []).map((text) =>
              text.startsWith("{") ? (JSON.parse(text) as { city: string }).city : "unknown",
            ),
          ),
      ],
    },
  ];
}
