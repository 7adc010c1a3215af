using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MailAppliance.Tests.Tidy
{
    /// <summary>
    /// Who may know whom. Protocol, store and device are apart; the loop performs what a session asks for, and knows of each side
    /// only the door.
    /// </summary>
    internal sealed class LayerRules
    {
        private static readonly string[] s_outside =
            ["Socket", "FileStream", "File", "Directory", "Thread", "Timer", "DateTime", "Environment", "Stopwatch"];

        private static readonly string[] s_namespaces = ["System.Net", "System.IO", "System.Threading"];
        private static readonly string[] s_network = ["INetwork", "IListener", "IConnection"];

        // The platform's help with computing is no I/O.
        private static readonly string[] s_computing = ["ILineSearch"];

        // What a session and the store tell each other, and the form of mail data that both keep to.
        private static readonly string[] s_contracts = ["StoreResult", "IMaildropView", "IMaildropQuotas", "WireForm"];

        private static readonly string[] s_doors =
        [
            "SmtpSession", "SmtpEvent", "SmtpState", "Envelope", "MailDataReader", "DataStep",
            "Pop3Session", "Pop3Event", "Pop3State", "Pop3OpenResult", "MailStore", "MessageWriter", "MessageReader", "MaildropView", "PendingCommit", "CommitQueue", "StoreResult", "StoreStatus", "StoreOpening",
            "IStoreProgress", "Disposal", "MaildropQuotas", "NoticeCause", "NoticeCommit", "TraceFields",
        ];

        private readonly HashSet<string> _protocol;
        private readonly HashSet<string> _store;
        private readonly HashSet<string> _hal;
        private readonly HashSet<string> _firmware;

        /// <summary>Learns which folder declares which types.</summary>
        /// <param name="files">All code.</param>
        internal LayerRules(IEnumerable<SourceText> files)
        {
            SourceText[] all = [.. files];
            _protocol = Declared(all, "firmware/Smtp", "firmware/Pop3");
            _store = Declared(all, "firmware/Store");
            _hal = [.. all.Where(file => file.Path.StartsWith("hal/", StringComparison.Ordinal) && file.Path.Count(letter => letter == '/') == 1)
                .SelectMany(CodeRules.TypesOf)];
            _firmware = Declared(all, "firmware");
            _firmware.ExceptWith(Declared(all, "hal"));
        }

        internal IEnumerable<Finding> Check(SourceText file)
        {
            if (file.IsIn("firmware/Smtp") || file.IsIn("firmware/Pop3"))
            {
                return Forbid(file, _hal.Except(s_computing), "a session does no I/O: it knows nothing of hal/")
                    .Concat(Forbid(file, s_outside, "a session does no I/O: it sees no socket, file, thread or clock"))
                    .Concat(ForbidNamespaces(file, "a session does no I/O", [.. s_namespaces, "MailAppliance.Hal"]))
                    .Concat(Forbid(file, _store.Except(s_contracts), "a session knows of the store only its results"));
            }

            if (file.IsIn("firmware/Store"))
            {
                return Forbid(file, _protocol.Except(s_contracts), "the store knows no protocol")
                    .Concat(Forbid(file, s_network, "the store knows no network"))
                    .Concat(ForbidNamespaces(file, "the store sees the card only", s_namespaces));
            }

            if (file.IsIn("firmware/Core") || file.IsIn("firmware/Configuration"))
            {
                return Forbid(file, _protocol.Concat(_store), "Core and Configuration know neither protocol nor store");
            }

            if (file.IsIn("firmware/Login"))
            {
                return Forbid(file, _protocol.Concat(_store), "a login is the same in every protocol, and knows no store")
                    .Concat(Forbid(file, s_outside.Concat(s_network), "a login is checked without sockets, files, threads and clocks"));
            }

            if (file.IsIn("firmware"))
            {
                return Forbid(file, _protocol.Concat(_store).Except(s_doors), "the loop knows of protocol and store only the doors");
            }

            bool isDevice = file.IsIn("hal") && file.Stem != "NanoHost";
            return isDevice ? Forbid(file, _firmware, "hal/ knows nothing of what runs on it") : [];
        }

        private static HashSet<string> Declared(SourceText[] files, params string[] folders)
        {
            return [.. files.Where(file => folders.Any(file.IsIn)).SelectMany(CodeRules.TypesOf)];
        }

        private static IEnumerable<Finding> Forbid(SourceText file, IEnumerable<string> types, string rule)
        {
            HashSet<string> forbidden = [.. types];
            forbidden.ExceptWith(CodeRules.TypesOf(file));
            IEnumerable<SyntaxToken> declared = CodeRules.Names(file).Where(name => name.Parent is not IdentifierNameSyntax);
            HashSet<string> own = [.. declared.Select(name => name.ValueText)];
            return CodeRules.Names(file).Where(name => forbidden.Contains(name.ValueText) && IsType(name, own))
                .Select(name => file.At(name, $"{rule} ({name.ValueText})"));
        }

        // A member may be called like a type of another folder, where it is declared and where its own file uses it; so may a namespace.
        private static bool IsType(SyntaxToken name, HashSet<string> own)
        {
            bool isNamespace = name.Parent?.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Alias: null, StaticKeyword.ValueText: "" };
            if (isNamespace || name.Parent is not IdentifierNameSyntax use)
            {
                return false;
            }

            bool isMember = use.Parent is MemberAccessExpressionSyntax access && access.Name == use;
            return SyntaxFacts.IsInTypeOnlyContext(use) || !(isMember || own.Contains(name.ValueText));
        }

        private static IEnumerable<Finding> ForbidNamespaces(SourceText file, string rule, params string[] namespaces)
        {
            return file.Syntax.Usings.Where(line => namespaces.Any(name => IsOrIsInside(line.Name?.ToString(), name)))
                .Select(line => file.At(line, $"{rule} ({line.Name})"));
        }

        private static bool IsOrIsInside(string? used, string name)
        {
            return used == name || used?.StartsWith(name + ".", StringComparison.Ordinal) == true;
        }
    }
}
