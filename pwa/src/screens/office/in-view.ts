import { useEffect, useRef } from 'preact/hooks'

/** A bar of links that scrolls keeps the current one in its middle: `bar` is its selector, `current` names the link. */
export function useCurrentInView(bar: string, current: string): void {
  const moved = useRef(false)
  useEffect(() => {
    const nav = document.querySelector(bar)
    const link = nav?.querySelector('[aria-current]')
    if (!nav || !link) return
    const [outer, inner] = [nav.getBoundingClientRect(), link.getBoundingClientRect()]
    const is_calm = !moved.current || matchMedia('(prefers-reduced-motion: reduce)').matches
    nav.scrollBy({
      left: inner.left + inner.width / 2 - (outer.left + outer.width / 2),
      behavior: is_calm ? 'instant' : 'smooth',
    })
    moved.current = true
  }, [bar, current])
}
