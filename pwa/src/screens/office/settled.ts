import { useEffect, useState } from 'preact/hooks'

const TYPED_MS = 300

/** What was typed, once the typing rests. */
export function useSettled(value: string): string {
  const [settled, set_settled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => set_settled(value), TYPED_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
