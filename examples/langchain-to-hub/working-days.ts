// What the team had before: a tool for LangChain, with a schema of zod and a library from npm.
import { tool } from "@langchain/core/tools";
import { addBusinessDays, differenceInBusinessDays, formatISO, parseISO } from "date-fns";
import { z } from "zod";

export const workingDays = tool(
  ({ from, days, until }) => {
    if (until !== undefined) return differenceInBusinessDays(parseISO(until), parseISO(from));
    return formatISO(addBusinessDays(parseISO(from), days ?? 1), { representation: "date" });
  },
  {
    name: "working_days",
    description: "Counts working days between two dates, or tells the date that is so many working days later.",
    schema: z.object({
      from: z.iso.date().describe("The first day, as yyyy-mm-dd."),
      until: z.iso.date().optional().describe("The last day: then the working days between both are counted."),
      days: z.int().min(1).max(1000).optional().describe("How many working days later."),
    }),
  },
);
