import { readFileSync } from "node:fs";
import { type Tool, tool } from "@smoltools/core";

const folder = new URL("../data/", import.meta.resolve("vega-datasets"));
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

function csv(name: string): Record<string, string>[] {
  const [header = "", ...lines] = read(name).trim().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((field, i) => [names[i] ?? "", field])));
}

const number = { type: "number" } as const;
const string = { type: "string" } as const;

/** Prices of five companies' shares, month by month. */
export const stockPrices: Tool = tool({
  name: "stock_prices",
  description: "Prices of a share on the first of each month from 2000 to March 2010.",
  input: {
    type: "object",
    properties: {
      symbol: { type: "string", enum: ["AAPL", "AMZN", "GOOG", "IBM", "MSFT"], description: "Which share." },
      year: { type: "integer", description: "One year alone." },
    },
    required: ["symbol"],
    additionalProperties: false,
  },
  output: {
    type: "array",
    items: { type: "object", properties: { date: string, price: number }, required: ["date", "price"] },
  },
  execute: ({ symbol, year }) =>
    csv("stocks.csv")
      .filter((line) => line["symbol"] === symbol && (year === undefined || line["date"]?.endsWith(String(year))))
      .map(({ date = "", price }) => ({ date, price: Number(price) })),
});

interface Country {
  year: number;
  country: string;
  pop: number;
  life_expect: number;
  fertility: number;
}
const gapminder = JSON.parse(read("gapminder.json")) as Country[];

/** Figures of countries. */
export const countries: Tool = tool({
  name: "countries",
  description: "Figures of all countries in one year.",
  input: {
    type: "object",
    properties: { year: { type: "integer", minimum: 1955, maximum: 2005, multipleOf: 5, description: "The year." } },
    required: ["year"],
    additionalProperties: false,
  },
  output: {
    type: "array",
    items: {
      type: "object",
      properties: { country: string, pop: number, life_expect: number, fertility: number },
      required: ["country", "pop", "life_expect", "fertility"],
    },
  },
  execute: ({ year }) =>
    gapminder.flatMap(({ year: of, country, pop, life_expect, fertility }) =>
      of === year ? [{ country, pop, life_expect, fertility }] : [],
    ),
});

/** Daily weather of Seattle. */
export const seattleWeather: Tool = tool({
  name: "seattle_weather",
  description: "Weather of Seattle, day by day, in one month.",
  input: {
    type: "object",
    properties: {
      year: { type: "integer", minimum: 2012, maximum: 2015, description: "The year." },
      month: { type: "integer", minimum: 1, maximum: 12, description: "The month." },
    },
    required: ["year", "month"],
    additionalProperties: false,
  },
  output: {
    type: "array",
    items: {
      type: "object",
      properties: { date: string, precipitation: number, temp_max: number, temp_min: number, wind: number },
      required: ["date", "precipitation", "temp_max", "temp_min", "wind"],
    },
  },
  execute: ({ year, month }) =>
    csv("seattle-weather.csv")
      .filter((line) => line["date"]?.startsWith(`${String(year)}-${String(month).padStart(2, "0")}`))
      .map(({ date = "", precipitation, temp_max, temp_min, wind }) => ({
        date,
        precipitation: Number(precipitation),
        temp_max: Number(temp_max),
        temp_min: Number(temp_min),
        wind: Number(wind),
      })),
});

/** Flights from an airport. */
export const flightsFrom: Tool = tool({
  name: "flights_from",
  description: "How many flights went from an airport of the United States to each other one in 2008.",
  input: {
    type: "object",
    properties: { iata: { type: "string", pattern: "^[A-Z]{3}$", description: "Code of the airport." } },
    required: ["iata"],
    additionalProperties: false,
  },
  output: {
    type: "array",
    items: { type: "object", properties: { to: string, count: number }, required: ["to", "count"] },
  },
  execute: ({ iata }) =>
    csv("flights-airport.csv").flatMap(({ origin, destination = "", count }) =>
      origin === iata ? [{ to: destination, count: Number(count) }] : [],
    ),
});

/** One airport. */
export const airport: Tool = tool({
  name: "airport",
  description: "Tells name, city and state of an airport of the United States.",
  input: {
    type: "object",
    properties: { iata: { type: "string", description: "Code of the airport." } },
    required: ["iata"],
    additionalProperties: false,
  },
  output: {
    type: "object",
    properties: { name: string, city: string, state: string },
    required: ["name", "city", "state"],
  },
  execute: ({ iata }) => {
    const found = csv("airports.csv").find((line) => line["iata"] === iata);
    if (!found) throw new Error(`there is no airport ${String(iata)}`);
    const { name = "", city = "", state = "" } = found;
    return { name, city, state };
  },
});

interface Movie {
  Title: string | null;
  "Major Genre": string | null;
  Director: string | null;
  "IMDB Rating": number | null;
  "Worldwide Gross": number | null;
}

/** Movies, page by page. */
export const movies: Tool = tool({
  name: "movies",
  description: "Lists movies of a genre, 25 on each page. A page with fewer is the last.",
  input: {
    type: "object",
    properties: {
      genre: { type: "string", description: "Such as Western, Musical, Concert/Performance." },
      page: { type: "integer", minimum: 1, default: 1, description: "Which page." },
    },
    required: ["genre"],
    additionalProperties: false,
  },
  output: {
    type: "array",
    items: {
      type: "object",
      properties: {
        title: string,
        director: { type: ["string", "null"] },
        rating: { type: ["number", "null"], description: "Of IMDb." },
        gross: { type: ["number", "null"], description: "Worldwide, in dollars." },
      },
      required: ["title", "director", "rating", "gross"],
    },
  },
  execute: ({ genre, page = 1 }) =>
    (JSON.parse(read("movies.json")) as Movie[])
      .filter((movie) => movie["Major Genre"] === genre)
      .slice(25 * (page - 1), 25 * page)
      .map((movie) => ({
        title: String(movie.Title),
        director: movie.Director,
        rating: movie["IMDB Rating"],
        gross: movie["Worldwide Gross"],
      })),
});
