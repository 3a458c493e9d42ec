import { useEffect, useMemo } from 'preact/hooks'
import type { Watch } from '../state/index.ts'

/** Opens a watch and closes it when the screen goes; opens another when `key`, which says what is watched, changes. */
export function useWatch<W extends Watch<unknown>>(open: () => W, key: unknown): W {
  const watch = useMemo(open, [key])
  useEffect(() => () => watch.close(), [watch])
  return watch
}
