/** @jsxImportSource hono/jsx */

/** What tells layers apart besides their colours: lines and dots over each but the first. */
const marks: Record<number, string | undefined> = {
	2: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
	3: 'M4 3v2M0 -1v2M8 -1v2M0 7v2M8 7v2',
	4: 'M-2 6L2 10M0 0L8 8M6 -2L10 2',
	5: 'M0 4h8',
	6: 'M4 0v8M0 4h8',
	7: 'M2 0v8M6 0v8',
	8: 'M0 0L8 8M8 0L0 8',
	9: 'M0 2h8M0 6h8',
};

/** Once in a page: what `fillOf` names. */
export const Fills = () => (
	<svg class="hidden" width="0" height="0" aria-hidden="true" focusable="false">
		<defs>
			{[1, 2, 3, 4, 5, 6, 7, 8, 9].map((fill) => (
				<pattern id={`fill-${fill}`} width="8" height="8" patternUnits="userSpaceOnUse">
					<rect class={`c${fill}`} width="8" height="8" />
					{marks[fill] && <path class="pattern" d={marks[fill]} />}
				</pattern>
			))}
		</defs>
	</svg>
);

/** The layers that are no value have fills of their own. */
export const layerFills = { others: 7, notSaid: 8, erased: 9 } as const;

export const fillOf = (fill: number): string => `url(#fill-${fill})`;

/** How a layer looks, beside its name. */
export const Swatch = ({ fill }: { fill: number }) => (
	<svg aria-hidden="true" focusable="false">
		<rect width="100%" height="100%" fill={fillOf(fill)} />
	</svg>
);
