import '../../../styles/reviews.css'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../../messages/reviews.ts'
import { fetch_reviews, type Result, type Review } from '../../../state/reviews.ts'
import { Empty } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { ShownKept, useFetched } from '../fetched.tsx'
import { PageButtons, usePages } from '../pages.tsx'
import { type Answer, answers_of, answers_of_all } from './answers.ts'
import { Case } from './case.tsx'
import { DecideSheet } from './decide-sheet.tsx'
import { FilterFields, params_of, wanted } from './filter-fields.tsx'
import { KeyLegend, useKeys } from './keys.tsx'
import { Results } from './results.tsx'
import { past_of } from './words.ts'

const PAGE = 20

interface ReviewsProps {
  coop?: string
  pick?: ComponentChildren
  coop_name?: (id: string) => string
}

/** What waits for a person, a page at a time. `coop_name` says whose they are where several co-operatives are seen. */
export function Reviews({ coop = '', pick, coop_name }: ReviewsProps) {
  const params = { ...params_of(wanted.value), coop }
  const filter = JSON.stringify(params)
  const pages = usePages(filter)
  const { after } = pages
  const fetched = useFetched(() => fetch_reviews({ ...params, limit: PAGE, after }), `${filter} ${after}`)
  return (
    <>
      <FilterFields pick={pick} />
      <ShownKept fetched={fetched} also={t('kept_also')}>
        {({ items, next }) => (
          <>
            <Queue
              key={`${filter} ${after}`}
              reviews={items}
              coop_name={coop_name}
              onDecided={fetched.again}
            />
            <PageButtons pages={pages} next={next} />
          </>
        )}
      </ShownKept>
    </>
  )
}

interface QueueProps {
  reviews: readonly Review[]
  coop_name: ReviewsProps['coop_name']
  onDecided: () => void
}

/** A page of the queue: one of them is current, some are chosen, and an answer is being given to these or to that one. */
function Queue({ reviews, coop_name, onDecided }: QueueProps) {
  const list = useRef<HTMLUListElement>(null)
  const [chosen, set_chosen] = useState<ReadonlySet<string>>(new Set())
  const [results, set_results] = useState<readonly Result[]>([])
  const [answering, set_answering] = useState<{ reviews: readonly Review[]; answer: Answer } | null>(null)
  const [legend, set_legend] = useState(false)
  const picked = reviews.filter(({ id, status }) => status === 'open' && chosen.has(id))
  const current = () => reviews.find(({ id }) => id === focused_id(list.current))
  /** Which one is looked at, by its place: that one may go while the list is fetched anew. */
  const place = useRef<number | null>(null)
  useEffect(() => {
    // What was decided is not chosen any more, and the one that has come in its place is looked at next.
    set_chosen(new Set(picked.map(({ id }) => id)))
    const all = cards(list.current)
    if (place.current !== null && document.activeElement === document.body)
      all[Math.min(place.current, all.length - 1)]?.focus()
  }, [reviews])
  /** From what is chosen by then: keys come faster than frames. */
  const choose = (id: string) =>
    set_chosen((before) => {
      const others = new Set(before)
      if (!others.delete(id)) others.add(id)
      return others
    })
  useKeys({
    move: (by) => {
      place.current = move_focus(list.current, by, place.current)
    },
    choose: () => {
      const review = current()
      if (review?.status === 'open') choose(review.id)
    },
    answer: (number) => {
      const review = current()
      const answer = review && answers_of(review)[number - 1]
      if (answer) set_answering({ reviews: [review], answer })
    },
    history: () => {
      const review = current()
      if (review?.record_id) location.hash = past_of(review)
    },
    legend: () => set_legend(true),
  })
  const open = reviews.filter(({ status }) => status === 'open')
  const failed = new Map(results.map(({ id, code }) => [id, code]))
  return (
    <>
      <Results results={results} />
      {reviews.length === 0 && <Empty icon="check">{t('none_here')}</Empty>}
      {open.length > 0 && (
        <div class="acts">
          <Button
            kind="quiet"
            icon="check"
            onClick={() => set_chosen(new Set(picked.length < open.length ? open.map(({ id }) => id) : []))}
          >
            {t(picked.length < open.length ? 'choose_all' : 'choose_none')}
          </Button>
          <Button kind="quiet" icon="question" onClick={() => set_legend(true)}>
            {t('keys')}
          </Button>
        </div>
      )}
      <ul class="cases" ref={list}>
        {reviews.map((review) => (
          <li key={review.id}>
            <Case
              review={review}
              coop_name={coop_name?.(review.coop_id) ?? ''}
              chosen={review.status === 'open' ? chosen.has(review.id) : null}
              failed={failed.get(review.id)}
              onChoose={() => choose(review.id)}
              onAnswer={(answer) => set_answering({ reviews: [review], answer })}
            />
          </li>
        ))}
      </ul>
      {picked.length > 0 && (
        <Chosen reviews={picked} onAnswer={(answer) => set_answering({ reviews: picked, answer })} />
      )}
      {answering && (
        <DecideSheet
          {...answering}
          onClose={() => set_answering(null)}
          onDone={(done) => {
            place.current = reviews.findIndex(({ id }) => id === done[0]?.id)
            set_answering(null)
            set_results(done)
            onDecided()
          }}
        />
      )}
      {legend && <KeyLegend onClose={() => set_legend(false)} />}
    </>
  )
}

/** What is done with all that are chosen. */
const Chosen = (props: { reviews: readonly Review[]; onAnswer: (answer: Answer) => void }) => (
  <section class="chosen" aria-label={t('chosen', { n: props.reviews.length })}>
    <b>{t('chosen', { n: props.reviews.length })}</b>
    <div class="acts">
      {answers_of_all(props.reviews).map((answer) => (
        <Button key={answer.label} icon={answer.icon} onClick={() => props.onAnswer(answer)}>
          {answer.label}
        </Button>
      ))}
    </div>
  </section>
)

const cards = (list: HTMLElement | null): HTMLElement[] =>
  list ? [...list.querySelectorAll<HTMLElement>('[data-review]')] : []

const focused = (list: HTMLElement | null): HTMLElement | undefined =>
  cards(list).find((card) => card.contains(document.activeElement))

const focused_id = (list: HTMLElement | null): string | undefined => focused(list)?.dataset.review

/** The next card or the one before, and its place; from elsewhere the first. `place`: of the one that was looked at. */
function move_focus(list: HTMLElement | null, by: 1 | -1, place: number | null): number | null {
  const all = cards(list)
  const at = focused(list)
  const from = at ? all.indexOf(at) : place
  const next = from === null ? 0 : Math.max(0, Math.min(from + by, all.length - 1))
  all[next]?.focus()
  return all.length > 0 ? next : null
}
