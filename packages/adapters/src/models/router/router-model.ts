import {
  isSmoltoolsError,
  type Model,
  type ModelCallOptions,
  type ModelDelta,
  ModelError,
  type ModelErrorCode,
  type ModelRequest,
  type ModelSupport,
} from "@smoltools/core";
import { Deadline } from "../../shared/async/deadline.ts";
import { cancellable } from "../../shared/async/cancellable.ts";
import type { ModelDescription } from "../shared/model-description.ts";
import { ModelOrder } from "./model-order.ts";
import { type RoutedModel, type RouterModelOptions, type RouterSettings, settingsOf } from "./options.ts";

/**
 * Several models as one: when a provider fails before the first piece of its answer, the next model is asked.
 *
 * After the first piece there is no switch, since the reader has it already. A request that a model refuses
 * (`MODEL_BAD_REQUEST`) goes to no other, which would refuse it as well. A model that failed is asked last for a while.
 *
 * @example
 * const model = new RouterModel({ models: [fast, cheap, local] });
 */
export class RouterModel implements Model {
  readonly id: string;
  readonly provider = "router";
  readonly #settings: RouterSettings;
  readonly #order: ModelOrder;
  readonly #given: RouterModelOptions;

  /** @throws ModelOptionsError for an option that cannot work. */
  constructor(options: RouterModelOptions) {
    this.#settings = settingsOf(options);
    this.#given = options;
    this.#order = new ModelOrder(this.#settings);
    this.id = options.id ?? this.#settings.models.map(({ model }) => model.id).join(" | ");
  }

  /** The models among which it chooses, with their weights. */
  get models(): readonly Required<RoutedModel>[] {
    return this.#settings.models;
  }

  /** What it takes to make the router again, besides its models. */
  describe(): ModelDescription {
    const { strategy, id, coolDownMs, timeoutMs, switchOn, onFailure } = this.#given;
    const settings = {
      ...(strategy !== undefined && { strategy }),
      ...(id !== undefined && { id }),
      ...(coolDownMs !== undefined && { coolDownMs }),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(switchOn && { switchOn: [...switchOn] }),
    };
    return { settings, leftOut: onFailure ? ["onFailure"] : [] };
  }

  /** What all of the models can do, since any of them may answer. */
  get supports(): ModelSupport {
    return { tools: this.#all("tools"), images: this.#all("images"), structuredOutput: this.#all("structuredOutput") };
  }

  /**
   * Asks the models, one after another until one answers.
   *
   * @param request - What is asked.
   * @param options - `signal` ends the call; no further model is asked then.
   * @throws The error of a model when no other is asked after it; ModelError that lists all when each failed; the
   * signal's reason after it was aborted.
   */
  stream(request: ModelRequest, { signal }: ModelCallOptions = {}): AsyncIterableIterator<ModelDelta, void, undefined> {
    return cancellable(signal, (own) => this.#deltas(request, own));
  }

  async *#deltas(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelDelta, void, undefined> {
    signal.throwIfAborted();
    const { timeoutMs } = this.#settings;
    const models = this.#order.next(performance.now());
    const failures: { model: Model; error: Error & { code: string } }[] = [];
    for (const model of models) {
      using deadline = new Deadline(signal);
      deadline.arm(timeoutMs, () => timedOut(model, timeoutMs));
      let begun = false;
      try {
        for await (const delta of model.stream(request, { signal: deadline.signal })) {
          if (!begun) {
            begun = true;
            deadline.disarm();
            this.#order.answered(model);
          }
          yield delta;
        }
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!isSmoltoolsError(error) || !this.#settings.switchOn.has(error.code)) throw error;
        this.#order.failed(model, performance.now());
        failures.push({ model, error });
        const switched = !begun && failures.length < models.length;
        this.#settings.onFailure({ model, error, switched });
        if (begun) throw error;
      }
    }
    throw allFailed(failures);
  }

  #all(ability: keyof ModelSupport): boolean {
    return this.#settings.models.every(({ model }) => model.supports?.[ability] !== false);
  }
}

function timedOut(model: Model, timeoutMs: number): ModelError {
  return new ModelError(`${model.id} sent nothing for ${timeoutMs} ms. Raise timeoutMs if it is only slow.`, {
    code: "MODEL_TIMEOUT",
  });
}

/** The models' own messages are left to `cause`: what they quote of their providers would make this one unreadable. */
function allFailed(failures: readonly { model: Model; error: Error & { code: string } }[]): Error {
  const [first] = failures;
  // The error of the only model says more than a list of one.
  if (failures.length === 1 && first) return first.error;
  const listed = failures.map(({ model, error }) => `${model.id} (${model.provider}) ${error.code}`).join(", ");
  const alike = failures.every(({ error }) => error.code === first?.error.code);
  return new ModelError(`None of ${failures.length} models answered: ${listed}. See the causes, or try again later.`, {
    code: alike && first ? (first.error.code as ModelErrorCode) : "MODEL_UNAVAILABLE",
    cause: new AggregateError(failures.map(({ error }) => error)),
  });
}
