namespace MailAppliance.Tests.Dialogues
{
    /// <summary>What a line of a dialogue says.</summary>
    public enum DialogueStepKind
    {
        /// <summary><c>a = smtp</c>: connect.</summary>
        Open,

        /// <summary><c>a -> text</c>: send a line.</summary>
        SendLine,

        /// <summary><c>a >> text</c>: send octets, no line end added.</summary>
        SendOctets,

        /// <summary><c>a &lt;- pattern</c>: the next line received.</summary>
        Expect,

        /// <summary><c>a &lt;* pattern</c>: any lines, and then this one.</summary>
        ExpectLater,

        /// <summary><c>a &lt;&lt; {size}</c>: all lines up to the one with only a dot, so many octets as POP3 counts them.</summary>
        ExpectMessage,

        /// <summary><c>a hangs up</c>: the client closes in order.</summary>
        HangUp,

        /// <summary><c>a resets</c>: the client resets the connection.</summary>
        Reset,

        /// <summary><c>a starts TLS</c>: the client begins TLS; what it sends from now on is within.</summary>
        StartTls,

        /// <summary><c>a is closed</c>: the appliance has closed, and said nothing more.</summary>
        IsClosed,

        /// <summary><c>a is silent</c>: the connection lives, and nothing more was received.</summary>
        IsSilent,

        /// <summary><c>wait 20s</c>: time passes.</summary>
        Wait,

        /// <summary><c>restart</c>: an orderly stop, and a start on the same card.</summary>
        Restart,

        /// <summary><c>power cut</c>: a start on the same card, without the stop.</summary>
        PowerCut,
    }
}
