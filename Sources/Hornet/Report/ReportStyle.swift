/// How the page of a report looks, and the few lines of script that it has.
enum ReportStyle {
    static let sheet = """
        :root{color-scheme:light dark;--page:#fff;--card:#f6f8fa;--text:#1f2328;--faint:#59636e;--line:#d8dee4;\
        --accent:#0072b2;--bar:#cfe4f3;--for:0,114,178;--against:213,94,0;--good:#00694e;--bad:#b34700}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--text:#e6edf3;\
        --faint:#9198a1;--line:#2a313c;--accent:#56b4e9;--bar:#1d3b52;\
        --for:86,180,233;--against:255,139,61;--good:#2fc298;\
        --bad:#ff8b3d}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--text);overflow-wrap:anywhere;\
        font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
        header,main{max-width:70rem;margin:0 auto;padding:0 1rem}
        h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .5rem}
        h2{font-size:1.25rem;margin:2.5rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
        h3{font-size:.9rem;margin:0;color:var(--faint);font-weight:600}
        p{margin:.5rem 0;max-width:46rem}
        a{color:var(--accent)}
        nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;font-size:.9rem}
        nav a{padding:.25rem 0}
        .note,.why{color:var(--faint);font-size:.875rem}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,14.5rem),1fr));gap:.75rem;\
        margin:1rem 0}
        .card{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem 1rem}
        .card p{margin:0;font-size:.875rem}
        .card .figure{font-size:1.75rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem}
        .charts.small{grid-template-columns:repeat(auto-fill,minmax(min(100%,11.5rem),1fr))}
        figure{margin:0;min-width:0}
        figcaption{font-weight:600;font-size:.875rem}
        .chart{display:block;width:100%;max-width:28rem;height:auto}
        .wide{overflow-x:auto;margin:.75rem 0;max-width:100%}
        table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums}
        th,td{padding:.3rem .6rem;text-align:start;border-bottom:1px solid var(--line);vertical-align:top}
        thead th{vertical-align:bottom;color:var(--faint);font-weight:600}
        tbody th{font-weight:400}
        .n{text-align:end;white-space:nowrap;overflow-wrap:normal}
        table .name{display:inline-block;max-width:16rem;overflow-wrap:break-word}
        .sortable th:first-child,.heat th:first-child{position:sticky;left:0;background:var(--page)}
        .b{min-width:5.5rem}
        th button{all:unset;cursor:pointer;color:inherit;overflow-wrap:normal}
        th button:hover{color:var(--text);text-decoration:underline}
        th button:focus-visible,summary:focus-visible,.wide:focus-visible{outline:2px solid var(--accent);\
        outline-offset:2px}
        th[aria-sort=ascending] button::after{content:" ▲"}
        th[aria-sort=descending] button::after{content:" ▼"}
        input{font:inherit;font-size:.9rem;color:inherit;background:var(--page);border:1px solid var(--faint);\
        border-radius:.35rem;padding:.3rem .6rem;width:min(100%,20rem)}
        .columns{display:flex;flex-wrap:wrap;gap:1rem 2.5rem;align-items:flex-start}
        .columns .wide{margin:0}
        .heat td{text-align:center;min-width:2rem;border:1px solid var(--line);padding:.25rem}
        .heat thead th{vertical-align:bottom;padding:.3rem .25rem}
        .heat thead span{writing-mode:vertical-rl;transform:rotate(180deg);max-height:9rem;overflow:hidden;\
        white-space:nowrap;font-weight:400;color:var(--text)}
        .heat .name{display:block;max-width:9rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
        .heat thead .name{max-width:none;max-height:9rem}
        details{margin:.75rem 0}
        summary{cursor:pointer;color:var(--accent);font-size:.9rem}
        .mistakes{list-style:none;padding:0;margin:1rem 0}
        .mistakes>li{border:1px solid var(--line);border-radius:.5rem;padding:.5rem 1rem;margin:0 0 .75rem;\
        break-inside:avoid}
        .text{white-space:pre-line}
        .chips{list-style:none;display:flex;flex-wrap:wrap;gap:.35rem;padding:0;margin:.25rem 0}
        .chips li{border:1px solid var(--line);border-radius:.9rem;padding:.1rem .65rem;font-size:.875rem}
        .chips b{font-weight:600}
        .chips small{color:var(--faint);white-space:nowrap}
        .extra b,.missed b{color:var(--bad)}
        .extra b::before{content:"+ "}
        .missed b::before{content:"− "}
        .right b{color:var(--good)}
        .right b::before{content:"✓ "}
        .missed{border-style:dashed!important}
        mark{color:inherit;border-radius:.2rem;padding:0 .1rem;background:none}
        mark.against{border-bottom:2px dotted}
        .facts th{color:var(--faint);white-space:nowrap}
        .facts thead{display:none}
        @media(max-width:30rem){.facts th{white-space:normal}table .name{max-width:7.5rem}\
        .heat .name{max-width:6rem}th,td{padding:.3rem .4rem}}
        @media print{body{font-size:11pt}nav,input{display:none}.wide{overflow:visible}h2{break-after:avoid}\
        figure,.card{break-inside:avoid}header,main{max-width:none;padding:0}*{print-color-adjust:exact}}

        """ + shades

    /// Words by strength, cells of the square of confusions by count, bars behind F1 in twentieths.
    private static let shades =
        (1...5).map {
            ".for.w\($0){background:rgba(var(--for),.\($0)\($0 > 2 ? 0 : 2))}"
                + ".against.w\($0){background:rgba(var(--against),.\($0)\($0 > 2 ? 0 : 2))}"
        }.joined()
        + (1...6).map { ".h\($0){background:rgba(var(--against),.\($0)0)}" }.joined()
        + (0...20).map { ".b\($0){background:linear-gradient(to right,var(--bar) \($0 * 5)%,transparent \($0 * 5)%)}" }
        .joined()

    /// Sorts tables by the column whose head is clicked, offers a field to filter the long ones by name, and opens what
    /// is folded before the page is printed. Works on what is in the page; makes no markup of it. Without `<` and `&`,
    /// which a checker of XML would take for markup.
    static let script = """
        for (const table of document.querySelectorAll("table.sortable")) {
          const body = table.tBodies[0];
          const heads = Array.from(table.tHead.rows[0].cells);
          heads.forEach((head, column) => {
            const value = (row) => {
              const cell = row.cells[column];
              return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent;
            };
            const button = document.createElement("button");
            button.type = "button";
            button.append(...head.childNodes);
            head.append(button);
            button.addEventListener("click", () => {
              const rows = Array.from(body.rows);
              const isText = rows.some((row) => typeof value(row) === "string");
              const current = head.getAttribute("aria-sort");
              const order = current === "descending" ? "ascending"
                : current === "ascending" ? "descending" : isText ? "ascending" : "descending";
              const sign = order === "ascending" ? 1 : -1;
              rows.sort((a, b) => sign * (isText ? value(a).localeCompare(value(b)) : value(a) - value(b)));
              for (const other of heads) other.removeAttribute("aria-sort");
              head.setAttribute("aria-sort", order);
              body.append(...rows);
            });
          });
          if (body.rows.length > 30) {
            const field = document.createElement("input");
            field.type = "search";
            field.placeholder = "Only names with …";
            field.setAttribute("aria-label", "Only names with");
            field.addEventListener("input", () => {
              const wanted = field.value.toLowerCase();
              for (const row of body.rows) row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
            });
            table.parentNode.before(field);
          }
        }
        addEventListener("beforeprint", () => {
          for (const folded of document.querySelectorAll("details")) folded.open = true;
        });
        """

    /// Of ``script``, for the page's Content-Security-Policy: no other script runs, whatever got into the page.
    static let scriptHash = "sha256-7lf7eaQjQtzoqqHDqztHZ59kray3Xv7RCq8IvtH/J6Q="
}
