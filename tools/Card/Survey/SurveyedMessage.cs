using System;
using System.Collections.Generic;

namespace MailAppliance.Tools.Card.Survey
{
    /// <summary>A message as the chain tells of it.</summary>
    internal sealed class SurveyedMessage
    {
        /// <summary>The record that committed it, or its last copy.</summary>
        public required SurveyedRecord Commit { get; set; }

        /// <summary>Who still has it.</summary>
        public required UInt128 Recipients { get; set; }

        /// <summary>Its records, in order, as far as they were found.</summary>
        public List<SurveyedRecord> Records { get; } = [];

        /// <summary>What is wrong with it; null for nothing.</summary>
        public string? Fault { get; set; }

        /// <summary>Its unique-id.</summary>
        public string UniqueId => StoredMessage.UniqueIdOf(Commit.UniqueIdEpoch, Commit.UniqueIdNumber);
    }
}
