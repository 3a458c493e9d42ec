/**
 * In which file of the build each module is delivered. What is needed together is one file: many small ones compress
 * badly, and each names all the others that it needs.
 *
 * `app`: the first screen. `sync`: sending and receiving, a moment later. `member`: the screens beside selling. `aside`:
 * the rest of what a member's phone keeps, opened seldom. What is kept apart the bundler shares out by itself.
 */
import type { Rolldown } from 'vite'

type Graph = Pick<Rolldown.ChunkingContext, 'getModuleInfo'>

interface Options {
  /** Where the app begins, and where its screens beside selling do. */
  app: RegExp
  member: RegExp
  sync: RegExp
  /** Named by what stands at the start, but used only by what comes after the first screen. */
  later: RegExp
  /** Not a member's, or kept last, or of use on line alone. */
  apart: RegExp[]
}

/** The bundler's own, needed by any of them. */
const RUNTIME = /rolldown\/runtime/

export function chunks({ app, member, sync, later, apart }: Options): Rolldown.CodeSplittingGroup {
  /** Whether imports lead from a module that `start` names to this one, by no module that `closed` names. */
  function is_led_to(id: string, graph: Graph, start: RegExp, closed: RegExp[], lazy = false): boolean {
    const seen = new Set<string>()
    const walk = (id: string): boolean => {
      if (seen.has(id) || closed.some((modules) => modules.test(id))) return false
      seen.add(id)
      const { importers = [], dynamicImporters = [] } = graph.getModuleInfo(id) ?? {}
      return start.test(id) || importers.some(walk) || (lazy && dynamicImporters.some(walk))
    }
    return walk(id)
  }
  return {
    debugName: 'by when it is needed',
    name(id, graph) {
      if (RUNTIME.test(id)) return 'app'
      if (sync.test(id)) return 'sync'
      if (is_led_to(id, graph, app, [later])) return 'app'
      if (is_led_to(id, graph, member, apart)) return 'member'
      return is_led_to(id, graph, app, apart, true) ? 'aside' : null
    },
  }
}
