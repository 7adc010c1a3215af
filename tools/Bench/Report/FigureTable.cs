using System;
using System.Collections.Generic;
using System.Linq;
using Spectre.Console;

namespace MailAppliance.Tools.Bench.Report
{
    /// <summary>Prints figures as they come, a table for each measurement, and remembers which bounds were missed.</summary>
    internal sealed class FigureTable
    {
        // As wide as the widest table: a file has no width of its own.
        private const int FileWidth = 140;

        private readonly List<string> _missed = new();
        private readonly IAnsiConsole _console;

        /// <summary>Makes a printer on the console, plain where that is a file.</summary>
        internal FigureTable()
        {
            var settings = new AnsiConsoleSettings();
            if (Console.IsOutputRedirected)
            {
                settings.Ansi = AnsiSupport.No;
                settings.ColorSystem = ColorSystemSupport.NoColors;
            }

            _console = AnsiConsole.Create(settings);
            if (Console.IsOutputRedirected)
            {
                _console.Profile.Width = FileWidth;
            }
        }

        /// <summary>Bounds that were not kept.</summary>
        internal IReadOnlyList<string> Missed
        {
            get { return _missed; }
        }

        /// <summary>Prints one measurement.</summary>
        /// <param name="title">What it is.</param>
        /// <param name="figures">Its figures.</param>
        internal void Print(string title, IReadOnlyList<Figure> figures)
        {
            Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
            table.AddColumn("figure");
            table.AddColumn(new TableColumn("value").RightAligned());
            table.AddColumn("bound");
            table.AddColumn(string.Empty);
            foreach (Figure figure in figures)
            {
                table.AddRow(Markup.Escape(figure.Name), Markup.Escape(figure.Value), Markup.Escape(figure.Bound), Verdict(figure));
            }

            _console.Write(table);
            _missed.AddRange(figures.Where(figure => figure.IsMet == false).Select(figure => figure.Name));
        }

        /// <summary>Prints a table with columns of its own, whose bounds are figures of their own.</summary>
        /// <param name="title">What it is.</param>
        /// <param name="columns">The columns' names.</param>
        /// <param name="rows">The rows, each with as many cells.</param>
        internal void PrintGrid(string title, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
        {
            Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(title));
            foreach (string column in columns)
            {
                table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
            }

            foreach (string[] row in rows)
            {
                table.AddRow(row.Select(Markup.Escape).ToArray());
            }

            _console.Write(table);
        }

        private static string Verdict(Figure figure)
        {
            return figure.IsMet switch
            {
                null => string.Empty,
                true => "[green]ok[/]",
                false => "[red]MISS[/]",
            };
        }
    }
}
