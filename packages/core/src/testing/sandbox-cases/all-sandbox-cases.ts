import type { SandboxCase } from "../sandbox-case.ts";
import { argumentCases } from "./argument-cases.ts";
import { callCases } from "./call-cases.ts";
import { callErrorCases } from "./call-error-cases.ts";
import { clockCases } from "./clock-cases.ts";
import { errorCases } from "./error-cases.ts";
import { failureCases } from "./failure-cases.ts";
import { fetchCases } from "./fetch-cases.ts";
import { finalAnswerCases } from "./final-answer-cases.ts";
import { lifecycleCases } from "./lifecycle-cases.ts";
import { limitCases } from "./limit-cases.ts";
import { machineCases } from "./machine-cases.ts";
import { moduleCases } from "./module-cases.ts";
import { nameCases } from "./name-cases.ts";
import { openCallCases } from "./open-call-cases.ts";
import { optionCases } from "./option-cases.ts";
import { printCases } from "./print-cases.ts";
import { threadCases } from "./thread-cases.ts";
import { valueCases } from "./value-cases.ts";
import { variableCases } from "./variable-cases.ts";

/** The whole contract, by theme. */
export const allSandboxCases: readonly SandboxCase[] = [
  ...valueCases,
  ...nameCases,
  ...errorCases,
  ...printCases,
  ...callCases,
  ...argumentCases,
  ...callErrorCases,
  ...openCallCases,
  ...variableCases,
  ...moduleCases,
  ...fetchCases,
  ...finalAnswerCases,
  ...threadCases,
  ...limitCases,
  ...failureCases,
  ...clockCases,
  ...machineCases,
  ...lifecycleCases,
  ...optionCases,
];
