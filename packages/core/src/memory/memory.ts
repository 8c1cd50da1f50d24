import type { Message } from "../messages/message.ts";
import { findingsText } from "../schema/schema-finding.ts";
import { SchemaValidator } from "../schema/validation/schema-validator.ts";
import { errorMessage } from "../errors/error-message.ts";
import { ActionStep } from "./action-step.ts";
import { ConversationCache } from "./conversation-cache.ts";
import type { MemoryJson } from "./json/memory-json.ts";
import { memorySchema } from "./json/memory-schema.ts";
import { stepFromJson, stepsToJson } from "./json/step-json.ts";
import { limitImages } from "./limit-images.ts";
import { MemoryError } from "./memory-error.ts";
import { withoutReplacedPlans } from "./replaced-plans.ts";
import type { MemoryStep, MessageOptions } from "./step.ts";
import { SummaryStep } from "./summary-step.ts";
import { SystemPromptStep } from "./system-prompt-step.ts";
import { TaskStep } from "./task-step.ts";

/** How a memory is told to a model. */
export interface MemoryMessageOptions extends MessageOptions {
  /** Most images to show: the latest ones; for the others a text says that they were left out. Default: all. */
  maxImages?: number;
}

let validator: SchemaValidator | undefined;

/** What an agent remembers of a conversation: its steps, oldest first. */
export class Memory {
  readonly steps: MemoryStep[] = [];
  readonly #conversation = new ConversationCache();

  add(step: MemoryStep): void {
    this.steps.push(step);
    if (step instanceof SummaryStep) step.coversOf(this.steps);
  }

  /** Forgets everything. */
  clear(): void {
    this.steps.length = 0;
  }

  /** Puts the system prompt at the beginning, in place of the one that is there. */
  setSystemPrompt(text: string): void {
    const replaced = this.steps[0] instanceof SystemPromptStep ? 1 : 0;
    this.steps.splice(0, replaced, new SystemPromptStep(text));
  }

  /** Holds the steps of another memory from now on, in place of its own. */
  replaceWith(other: Memory): void {
    const steps = [...other.steps];
    this.clear();
    for (const step of steps) this.add(step);
  }

  /** The task that was given last. */
  get task(): TaskStep | undefined {
    return this.steps.findLast((step) => step instanceof TaskStep);
  }

  /**
   * The conversation as a model reads it. Steps that a summary covers are left out, but for the system prompt and the
   * task in progress.
   */
  toMessages({ maxImages, ...options }: MemoryMessageOptions = {}): Message[] {
    const { summaryAt, hasImages } = this.#survey();
    const isPlain = summaryAt === -1 && !options.summary && !options.callsAsText;
    const messages = isPlain
      ? this.#conversation.messagesOf(withoutReplacedPlans(this.steps))
      : this.#tell(summaryAt, options);
    return maxImages === undefined || !hasImages ? messages : limitImages(messages, maxImages);
  }

  /** One pass over all steps, since it is made at each step of a long conversation. */
  #survey(): { summaryAt: number; hasImages: boolean } {
    let summaryAt = -1;
    let hasImages = false;
    for (let index = 0; index < this.steps.length; index++) {
      const step = this.steps[index];
      if (step?.kind === "summary") summaryAt = index;
      if (step?.images !== undefined && step.images.length > 0) hasImages = true;
    }
    return { summaryAt, hasImages };
  }

  #tell(summaryAt: number, options: MessageOptions): Message[] {
    const summary = this.steps[summaryAt];
    const covers = summary instanceof SummaryStep ? summary.coversOf(this.steps) : 0;
    const later = withoutReplacedPlans(this.steps.slice(covers)).filter((step) => step.kind !== "summary");
    if (!(summary instanceof SummaryStep)) return later.flatMap((step) => step.toMessages(options));
    const isSystemPrompt = (step: MemoryStep): boolean => step.kind === "system-prompt";
    const task = this.steps.slice(0, summaryAt).findLast((step) => step instanceof TaskStep);
    const told = [
      ...this.steps.filter(isSystemPrompt),
      ...(task && this.steps.indexOf(task) < covers ? [task] : []),
      summary,
      ...later.filter((step) => !isSystemPrompt(step)),
    ];
    return told.flatMap((step) => step.toMessages(options));
  }

  /** All code that the model wrote, one step after another. */
  fullCode(): string {
    const codes = this.steps.map((step) => (step instanceof ActionStep ? step.code : undefined));
    return codes.filter((code) => code !== undefined).join("\n\n");
  }

  /**
   * The memory as JSON: nothing is lost, see {@link Memory.fromJSON}. `JSON.stringify(memory)` calls it.
   *
   * @throws MemoryError `MEMORY_NOT_SERIALIZABLE` when a tool was called with, or the answer is, something that has no
   *   JSON form or is nested too deeply, and for a step of a class of the caller's own.
   */
  toJSON(): MemoryJson {
    return { schemaVersion: 1, steps: stepsToJson(this.steps, "steps") };
  }

  /**
   * The memory that was exported.
   *
   * @param json - What `toJSON` gave, perhaps through `JSON.stringify` and `JSON.parse`. Anything may be in it.
   * @throws MemoryError `MEMORY_VERSION` or `MEMORY_INVALID`.
   */
  static fromJSON(json: unknown): Memory {
    if (typeof json === "string") {
      throw new MemoryError("The exported memory is a text: parse it first, with JSON.parse", {
        code: "MEMORY_INVALID",
      });
    }
    const version: unknown = typeof json === "object" && json !== null && "schemaVersion" in json && json.schemaVersion;
    if (typeof version === "number" && version > 1) {
      throw new MemoryError(`The memory has the schema version ${version}: update smoltools to read it`, {
        code: "MEMORY_VERSION",
      });
    }
    validator ??= new SchemaValidator(memorySchema);
    const findings = validator.findings(json);
    if (findings.length > 0) {
      throw new MemoryError(`This is no exported memory:\n${findingsText(findings)}`, {
        code: "MEMORY_INVALID",
        data: { findings },
      });
    }
    const memory = new Memory();
    try {
      // The memory's own: what the caller does with the JSON afterwards does not change it.
      const { steps } = structuredClone(json as MemoryJson);
      for (const step of steps) memory.add(stepFromJson(step));
    } catch (cause) {
      throw new MemoryError(`A value in the exported memory is broken: ${errorMessage(cause)}`, {
        code: "MEMORY_INVALID",
        cause,
      });
    }
    return memory;
  }
}
