/** An engine that lets a page have its turn before every operation that comes late enough after the last one. */
import type { Engine } from '../../engine/engine.js';
import { nextTurn } from '../../shared/next-turn.js';

export function inTurns(engine: Engine, turnMilliseconds: number): Engine {
  let turned = performance.now();
  const turn = async (): Promise<void> => {
    if (performance.now() - turned < turnMilliseconds) return;
    await nextTurn();
    turned = performance.now();
  };
  const after = async <Result>(operation: () => Promise<Result>): Promise<Result> => {
    await turn();
    return operation();
  };
  const { jacobianProduct, curvature } = engine;
  return {
    ...engine,
    train: (...given) => after(() => engine.train(...given)),
    predict: (...given) => after(() => engine.predict(...given)),
    jacobian: (...given) => after(() => engine.jacobian(...given)),
    ...(jacobianProduct && { jacobianProduct: (...given) => after(() => jacobianProduct(...given)) }),
    ...(curvature && { curvature: (...given) => after(() => curvature(...given)) }),
    gram: (...given) => after(() => engine.gram(...given)),
    product: (...given) => after(() => engine.product(...given)),
    svd: (...given) => after(() => engine.svd(...given)),
  };
}
