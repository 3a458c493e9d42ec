import { read_book_ahead } from '../state/index.ts'
import { href, route } from '../ui/router.ts'

/** A finger comes down on the book's tab: what it opens with is read before the finger lifts. */
addEventListener(
  'pointerdown',
  ({ target }) => {
    const is_tab = target instanceof Element && target.closest(`.tabs a[href="${href('book')}"]`)
    if (is_tab && route.value[0] !== 'book') read_book_ahead()
  },
  { passive: true },
)
