import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'preact/hooks'
import UPlot from 'uplot'

export interface Series {
  label: string
  values: readonly (number | null)[]
}

export interface PlotShape {
  kind: 'bars' | 'lines'
  /** Under each value of `x`. */
  name_x: (x: number) => string
  name_y: (y: number) => string
  x: readonly number[]
  series: readonly Series[]
}

const HEIGHT = 240
const COLOURS = ['--indigo', '--turmeric', '--leaf']

/** A drawing of a table that stands beside it: nothing in it is for a screen reader. */
export default function Plot(props: PlotShape) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const into = place.current
    if (!into) return
    let plot: UPlot | null = null
    const draw = () => {
      plot?.destroy()
      plot = new UPlot(options(props, into.clientWidth), data(props), into)
    }
    const sized = new ResizeObserver(() => plot?.setSize({ width: into.clientWidth, height: HEIGHT }))
    const scheme = matchMedia('(prefers-color-scheme: dark)')
    draw()
    sized.observe(into)
    scheme.addEventListener('change', draw)
    return () => {
      sized.disconnect()
      scheme.removeEventListener('change', draw)
      plot?.destroy()
    }
  }, [props])
  return <div class="plot" ref={place} aria-hidden="true" />
}

const data = ({ x, series }: PlotShape): UPlot.AlignedData => [
  [...x],
  ...series.map(({ values }) => [...values]),
]

function options({ kind, name_x, name_y, x, series }: PlotShape, width: number): UPlot.Options {
  const css = getComputedStyle(document.documentElement)
  const colour = (name: string) => css.getPropertyValue(name).trim()
  const axis = {
    stroke: colour('--soft'),
    font: '13px system-ui',
    grid: { stroke: colour('--line'), width: 1 },
  }
  const edge = kind === 'bars' ? 0.6 : 0.2
  const paths = kind === 'bars' ? UPlot.paths.bars?.({ size: [0.7, 48] }) : UPlot.paths.linear?.()
  return {
    width,
    height: HEIGHT,
    legend: { show: series.length > 1, live: false },
    cursor: { show: false },
    select: { show: false, left: 0, top: 0, width: 0, height: 0 },
    scales: {
      x: { time: false, range: [(x[0] ?? 0) - edge, (x.at(-1) ?? 1) + edge] },
      y: { range: (_, low, high) => [kind === 'bars' ? Math.min(0, low) : low * 0.95, high * 1.05 || 1] },
    },
    axes: [
      {
        ...axis,
        space: 44,
        incrs: [1, 2, 5, 7, 14, 30, 60, 90, 180, 365],
        values: (_, at) => at.map(name_x),
      },
      { ...axis, size: 64, values: (_, at) => at.map(name_y) },
    ],
    series: [
      {},
      ...series.map(({ label }, index) => ({
        label,
        ...(paths ? { paths } : {}),
        stroke: colour(COLOURS[index] ?? '--ink'),
        ...(kind === 'bars' ? { fill: colour(COLOURS[index] ?? '--ink') } : { width: 2.5 }),
        points: { show: kind === 'lines', size: 6 },
      })),
    ],
  }
}
