import { useEffect, useState } from 'preact/hooks'
import { t } from '../../messages/staff.ts'
import { Button } from '../../ui/button.tsx'

/** Where each page so far began; the last one is shown. Another filter begins anew. */
export function usePages(filter: string) {
  const [places, set_places] = useState([''])
  useEffect(() => set_places(['']), [filter])
  return {
    after: places.at(-1) ?? '',
    number: places.length,
    forward: (place: string) => set_places([...places, place]),
    back: () => set_places(places.slice(0, -1)),
  }
}

/** Back and forward; nothing when there is only one page. */
export function PageButtons({ pages, next }: { pages: ReturnType<typeof usePages>; next: string | null }) {
  if (pages.number === 1 && next === null) return null
  return (
    <div class="pages">
      <Button icon="back" disabled={pages.number === 1} onClick={pages.back}>
        {t('previous_page')}
      </Button>
      <span>{t('page', { n: pages.number })}</span>
      <Button icon="next" disabled={next === null} onClick={() => next !== null && pages.forward(next)}>
        {t('next_page')}
      </Button>
    </div>
  )
}
