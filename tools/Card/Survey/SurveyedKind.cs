namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>What a record is (SPEC.md, "Kinds").</summary>
    internal enum SurveyedKind
    {
        /// <summary>None that SPEC.md knows.</summary>
        None = 0,

        /// <summary>A part of a message, with more to come.</summary>
        Fragment = 1,

        /// <summary>The last part of a message.</summary>
        LastFragment = 2,

        /// <summary>What one UPDATE removed.</summary>
        Removal = 3,

        /// <summary>Takes sequences back.</summary>
        Void = 4,

        /// <summary>The table of maildrops.</summary>
        Maildrops = 5,

        /// <summary>The chain goes on at the area's first block.</summary>
        Wrap = 6,

        /// <summary>The last part of a relocated message.</summary>
        Copy = 7,

        /// <summary>A message that can't be read any more.</summary>
        Lost = 8,
    }
}
