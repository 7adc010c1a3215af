namespace MailAppliance.Tools.Fuzz
{
    /// <summary>How far a target is.</summary>
    internal sealed class TargetProgress
    {
        /// <summary>Its share of all inputs, 0 to 1.</summary>
        internal double Share { get; init; }

        /// <summary>Inputs given to threads.</summary>
        internal long Given { get; set; }

        /// <summary>Inputs fed.</summary>
        internal long Done { get; set; }

        /// <summary>The most features that one batch showed.</summary>
        internal int FeaturesMax { get; set; }

        /// <summary>The finding of the lowest number; null for none.</summary>
        internal Finding? Finding { get; set; }
    }
}
