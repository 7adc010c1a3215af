using MailAppliance.Tools.Bench.Report;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>One thing that is measured, and printed as soon as it is.</summary>
    internal interface IMeasure
    {
        /// <summary>Its name on the command line.</summary>
        string Name { get; }

        /// <summary>What it tells, in words for the help.</summary>
        string Summary { get; }

        /// <summary>Measures, and prints.</summary>
        /// <param name="table">Takes the figures.</param>
        /// <param name="effort">How long it may take.</param>
        void Run(FigureTable table, Effort effort);
    }
}
